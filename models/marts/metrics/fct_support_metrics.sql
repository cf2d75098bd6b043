with

wide as (
    select
        grain,
        period_start,
        agent_id,
        is_complete,
        {% for metric in metrics() if metric.mart == 'support' -%}
        {{ wide_column(metric) }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fct_metric_values') }}
    group by grain, period_start, agent_id, is_complete
)

select
    grain,
    period_start,
    agent_id,
    is_complete,
    {% for metric in metrics() if metric.mart == 'support' -%}
    {{ metric.id }}{{ ',' if not loop.last }}
    {% endfor %}
from wide
