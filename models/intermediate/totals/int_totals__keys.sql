{%- set themes = total_themes() -%}

with

keys as (
    {% for theme in themes if themes[theme].gives_rows -%}
    select
        grain,
        period_start,
        agent_id
    from {{ ref('int_totals__' ~ theme) }}
    {{ 'union' if not loop.last }}
    {% endfor %}
),

periods as (
    select
        grain,
        period_start,
        max(next_period_start) as next_period_start,
        max(settings_date) as settings_date,
        max(elapsed_days) as elapsed_days,
        max(case when is_complete then 1 else 0 end) = 1 as is_complete
    from {{ ref('int_periods__days') }}
    group by grain, period_start
)

select
    keys.grain,
    keys.period_start,
    keys.agent_id,
    periods.next_period_start,
    periods.settings_date,
    periods.elapsed_days,
    periods.is_complete
from keys
inner join periods on keys.grain = periods.grain and keys.period_start = periods.period_start
