-- the unit costs explained are the published ones, and those of the month before
with

variances as (
    select * from {{ ref('rpt_cost_variance_drivers') }}
    where comparison = 'previous_month'
),

unit_costs as (
    select * from {{ ref('rpt_metric_trends') }}
    where metric_id = 'cost_per_outcome' and grain = 'month'
)

select
    variances.month,
    variances.agent_id,
    variances.base_cost_per_outcome,
    unit_costs.previous_value,
    variances.actual_cost_per_outcome,
    unit_costs.value
from variances
inner join unit_costs
    on variances.month = unit_costs.period_start and variances.agent_id = unit_costs.agent_id
where
    abs(coalesce(variances.base_cost_per_outcome, -1) - coalesce(unit_costs.previous_value, -1)) > 0.000000001
    or abs(coalesce(variances.actual_cost_per_outcome, -1) - coalesce(unit_costs.value, -1)) > 0.000000001
