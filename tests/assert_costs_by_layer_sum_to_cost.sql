-- the layers of a period and agent are the numerator of cost per outcome, also where it has no outcome
with

metric_values as (
    select * from {{ ref('fct_metric_values') }}
    where metric_id = 'total_cost'
),

parts as (
    select
        grain,
        period_start,
        agent_id,
        sum(cost) as total
    from {{ ref('rpt_costs_by_layer') }}
    group by grain, period_start, agent_id
)

select
    coalesce(metric_values.grain, parts.grain) as grain,
    coalesce(metric_values.period_start, parts.period_start) as period_start,
    coalesce(metric_values.agent_id, parts.agent_id) as agent_id,
    metric_values.value,
    parts.total
from metric_values
full outer join parts
    on metric_values.grain = parts.grain
    and metric_values.period_start = parts.period_start
    and metric_values.agent_id = parts.agent_id
where abs(coalesce(metric_values.value, 0) - coalesce(parts.total, 0)) > 0.000001
