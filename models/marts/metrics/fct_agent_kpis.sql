with

wide as (
    select
        grain,
        period_start,
        agent_id,
        is_complete,
        {% for metric in metrics() if metric.mart == 'agent' -%}
        {{ wide_column(metric) }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fct_metric_values') }}
    group by grain, period_start, agent_id, is_complete
)

select
    wide.grain,
    wide.period_start,
    wide.agent_id,
    wide.is_complete,
    {% for metric in metrics() if metric.mart == 'agent' -%}
    wide.{{ metric.id }},
    {% endfor -%}
    missing_layers.missing_cost_layers
from wide
left join {{ ref('int_totals__missing_layers') }} as missing_layers
    on wide.grain = missing_layers.grain and wide.period_start = missing_layers.period_start
