select
    work_item_id,
    agent_id,
    work_item_type,
    channel,
    customer_id,
    topic,
    received_at,
    closed_at,
    status,
    resolved_by,
    resolution_evidence,
    agent_version,
    loaded_at,
    source_system
from {{ raw_table('raw', 'work_items') }} as raw_rows
