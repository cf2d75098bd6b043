select
    retrieval_id,
    agent_id,
    work_item_id,
    conversation_id,
    retrieved_at,
    top_document_id,
    expected_document_id,
    loaded_at,
    source_system
from {{ raw_table('raw', 'kb_retrievals') }} as raw_rows
