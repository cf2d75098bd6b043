select
    trim(rule_id) as rule_id,
    trim(metric_id) as metric_id,
    nullif(trim(agent_id), '') as agent_id,
    nullif(trim(use_case), '') as use_case,
    trim(bound_side) as bound_side,
    {{ as_double('bound') }} as bound,
    trim(bound_basis) as bound_basis,
    cast(coalesce(consecutive_months, 1) as bigint) as consecutive_months,
    cast(from_month as bigint) as from_month,
    trim(resulting_state) as resulting_state
from {{ ref('retirement_rules') }}
