select
    conversation_id,
    work_item_id,
    agent_id,
    channel,
    customer_id,
    topic,
    started_at,
    closed_at,
    close_reason,
    loaded_at,
    source_system
from {{ raw_table('raw', 'conversations') }} as raw_rows
