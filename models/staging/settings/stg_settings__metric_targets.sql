select
    trim(metric_id) as metric_id,
    nullif(trim(agent_id), '') as agent_id,
    nullif(trim(use_case), '') as use_case,
    trim(target_basis) as target_basis,
    {% for bound in [
        'target_low', 'target_high', 'alarm_low', 'alarm_high', 'suspicious_low', 'suspicious_high',
    ] -%}
    {{ as_double(bound) }} as {{ bound }},
    {% endfor -%}
    cast(applies_from_month as bigint) as applies_from_month,
    cast(alarm_from_month as bigint) as alarm_from_month
from {{ ref('metric_targets') }}
