select
    handoff_id,
    work_item_id,
    conversation_id,
    initiated_by,
    reason,
    handed_off_at,
    accepted_at,
    loaded_at,
    source_system
from {{ raw_table('raw', 'handoffs') }} as raw_rows
