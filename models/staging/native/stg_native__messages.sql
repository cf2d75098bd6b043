select
    message_id,
    conversation_id,
    sender_type,
    sender_id,
    sent_at,
    loaded_at,
    source_system
from {{ raw_table('raw', 'messages') }} as raw_rows
