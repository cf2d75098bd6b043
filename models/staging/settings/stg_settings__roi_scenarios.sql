select
    trim(scenario_id) as scenario_id,
    nullif(trim(agent_id), '') as agent_id,
    {{ as_double('items_per_month') }} as items_per_month,
    {{ as_double('completion_rate') }} as completion_rate,
    {{ as_double('escalation_rate') }} as escalation_rate,
    {{ as_money('api_cost_per_item') }} as api_cost_per_item,
    {{ as_money('review_cost_per_escalation') }} as review_cost_per_escalation,
    {{ as_money('fixed_cost_per_month') }} as fixed_cost_per_month,
    {{ as_money('baseline_cost_per_outcome') }} as baseline_cost_per_outcome,
    {{ as_money('implementation_cost') }} as implementation_cost,
    {{ as_money('fte_annual_cost') }} as fte_annual_cost
from {{ ref('roi_scenarios') }}
