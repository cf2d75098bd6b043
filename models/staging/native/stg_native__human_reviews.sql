select
    review_id,
    work_item_id,
    conversation_id,
    reviewer_id,
    reviewer_role,
    review_type,
    started_at,
    ended_at,
    active_minutes,
    loaded_at,
    source_system
from {{ raw_table('raw', 'human_reviews') }} as raw_rows
