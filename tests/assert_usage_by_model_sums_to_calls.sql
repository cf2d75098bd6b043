-- the models of a period and agent made all of its calls
with

metric_values as (
    select * from {{ ref('fct_metric_values') }}
    where metric_id = 'retry_rate'
),

parts as (
    select
        grain,
        period_start,
        agent_id,
        sum(api_calls) as total
    from {{ ref('rpt_usage_by_model') }}
    group by grain, period_start, agent_id
)

select
    coalesce(metric_values.grain, parts.grain) as grain,
    coalesce(metric_values.period_start, parts.period_start) as period_start,
    coalesce(metric_values.agent_id, parts.agent_id) as agent_id,
    metric_values.denominator,
    parts.total
from metric_values
full outer join parts
    on metric_values.grain = parts.grain
    and metric_values.period_start = parts.period_start
    and metric_values.agent_id = parts.agent_id
where abs(coalesce(metric_values.denominator, 0) - coalesce(parts.total, 0)) > 0
