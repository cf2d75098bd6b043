-- in unit cost and in money, on both levels, for every agent and the programme
select
    month,
    agent_id,
    comparison,
    residual,
    residual_usd
from {{ ref('rpt_cost_variance_drivers') }}
where abs(residual) > 0.000000001 or abs(residual_usd) > 0.000000001

union all

select
    month,
    agent_id,
    comparison,
    residual,
    residual_usd
from {{ ref('rpt_api_cost_drivers') }}
where abs(residual) > 0.000000001 or abs(residual_usd) > 0.000000001
