select
    value_id,
    work_item_id,
    value_type,
    amount,
    currency,
    recognized_at,
    loaded_at,
    source_system
from {{ raw_table('raw', 'outcome_values') }} as raw_rows
