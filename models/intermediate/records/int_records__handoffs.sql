{%- set systems = staged_by('handoffs', ['native', 'zendesk', 'intercom']) -%}

with

checked_rows as (
    {{ checked_rows('handoffs', systems, {'no_subject': names_no_subject()}) }}
)

select
    handoff_id,
    work_item_id,
    conversation_id,
    initiated_by,
    reason,
    handed_off_at,
    accepted_at,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('handoffs', systems) }} as record_state
from checked_rows
