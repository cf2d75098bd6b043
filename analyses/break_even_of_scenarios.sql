-- How far is each scenario from breaking even, and how much may one outcome cost at most? Scenarios are rows
-- of the settings file roi_scenarios; every agent adds one with the numbers of its last complete month.
select
    scenario_id,
    agent_id,
    round(cast(items_per_month as decimal(18, 2)), 0) as items_per_month,
    round(cast(break_even_items_per_month as decimal(18, 2)), 0) as break_even_items_per_month,
    round(cost_per_outcome, 2) as cost_per_outcome,
    round(baseline_cost_per_outcome, 2) as most_it_may_cost,
    round(monthly_saving, 2) as monthly_saving,
    round(cast(payback_months as decimal(18, 2)), 1) as payback_months,
    round(cast(roi_12_months_pct as decimal(18, 2)), 0) as roi_12_months_pct
from {{ ref('rpt_roi_scenarios') }}
order by monthly_saving desc
