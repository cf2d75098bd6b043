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
    agent_version
from {{ ref('int_records__work_items') }}
where record_state = 'kept'
