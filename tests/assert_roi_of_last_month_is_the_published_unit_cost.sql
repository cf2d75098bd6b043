-- an agent's scenario, from its drivers, comes to the cost per outcome of the month it is filled with
select
    scenarios.agent_id,
    scenarios.based_on_month,
    scenarios.cost_per_outcome,
    pnl.cost_per_outcome as published_cost_per_outcome
from {{ ref('rpt_roi_scenarios') }} as scenarios
inner join {{ ref('rpt_agent_pnl') }} as pnl
    on scenarios.agent_id = pnl.agent_id and scenarios.based_on_month = pnl.month
where abs(coalesce(scenarios.cost_per_outcome, -1) - coalesce(pnl.cost_per_outcome, -1)) > 0.000001
