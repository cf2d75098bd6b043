select
    survey_id,
    work_item_id,
    conversation_id,
    leg,
    prompted_at,
    responded_at,
    rating,
    loaded_at,
    source_system
from {{ raw_table('raw', 'csat_responses') }} as raw_rows
