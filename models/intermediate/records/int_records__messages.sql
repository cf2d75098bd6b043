{%- set systems = staged_by('messages', ['native', 'zendesk', 'intercom']) -%}

with

checked_rows as (
    {{ checked_rows('messages', systems) }}
)

select
    message_id,
    conversation_id,
    sender_type,
    sender_id,
    sent_at,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('messages', systems) }} as record_state
from checked_rows
