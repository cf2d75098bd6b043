select
    trim(agent_id) as agent_id,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    {{ as_money('baseline_cost_per_outcome') }} as baseline_cost_per_outcome,
    {{ as_money('fte_annual_cost') }} as fte_annual_cost,
    productivity_target_per_day,
    baseline_minutes_per_outcome,
    fte_productive_minutes_per_year,
    {{ as_money('implementation_cost') }} as implementation_cost
from {{ ref('agent_settings') }}
