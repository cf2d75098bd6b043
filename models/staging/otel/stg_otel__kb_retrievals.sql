select
    span_id as retrieval_id,
    agent_id,
    work_item_id,
    conversation_id,
    started_at as retrieved_at,
    {{ json_text_at('documents', "'/0/id'") }} as top_document_id,
    -- a trace does not know which document would have been right
    {{ as_text('null') }} as expected_document_id,
    loaded_at,
    'otel' as source_system
from {{ ref('base_otel__spans') }}
where operation = 'retrieval'
