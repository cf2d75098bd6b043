-- What has each agent brought since it was deployed, and what was spent on it once? One row per agent, newest
-- complete month. For an older month, name it in latest_month.
with

latest_month as (
    select max(month) as month from {{ ref('rpt_agent_pnl') }}
    where is_complete
)

select
    pnl.agent_id,
    pnl.month,
    pnl.months_since_deployment,
    pnl.lifecycle_state,
    pnl.state_since,
    pnl.breached_rules,
    round(pnl.cumulative_margin, 2) as cumulative_margin,
    round(pnl.implementation_cost, 2) as implementation_cost,
    round(pnl.cumulative_margin - pnl.implementation_cost, 2) as net_of_implementation,
    pnl.payback_month
from {{ ref('rpt_agent_pnl') }} as pnl
inner join latest_month on pnl.month = latest_month.month
order by pnl.agent_id
