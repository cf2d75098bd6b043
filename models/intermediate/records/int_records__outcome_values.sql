{%- set systems = staged_by('outcome_values', ['native']) -%}

with

checked_rows as (
    {{ checked_rows('outcome_values', systems, {'unknown_currency': has_no_rate('recognized_at')}) }}
)

select
    value_id,
    work_item_id,
    value_type,
    amount,
    currency,
    recognized_at,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('outcome_values', systems) }} as record_state
from checked_rows
