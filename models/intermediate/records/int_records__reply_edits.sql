{%- set systems = staged_by('reply_edits', ['native']) -%}

with

checked_rows as (
    {{ checked_rows('reply_edits', systems) }}
)

select
    edit_id,
    message_id,
    conversation_id,
    agent_id,
    editor_id,
    edited_at,
    fed_back_at,
    kb_document_id,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('reply_edits', systems) }} as record_state
from checked_rows
