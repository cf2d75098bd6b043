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
    source_system
from {{ raw_table('raw', 'reply_edits') }} as raw_rows
