{%- set systems = staged_by('kb_retrievals', ['native', 'otel']) -%}

with

checked_rows as (
    {{ checked_rows('kb_retrievals', systems) }}
)

select
    retrieval_id,
    agent_id,
    work_item_id,
    conversation_id,
    retrieved_at,
    top_document_id,
    expected_document_id,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('kb_retrievals', systems) }} as record_state
from checked_rows
