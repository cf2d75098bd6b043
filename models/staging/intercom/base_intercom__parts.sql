select
    id as part_id,
    conversation_id,
    lower(part_type) as part_type,
    author_id,
    lower(author_type) as author_type,
    lower(assigned_to_type) as assigned_to_type,
    {{ time_or_seconds('created_at') }} as created_at,
    coalesce(
        {{ parse_timestamp('_fivetran_synced') }}, {{ instant('updated_at') }}, {{ instant('created_at') }}
    ) as loaded_at
from {{ raw_table('intercom', 'conversation_part_history') }} as raw_rows
-- a part that was edited has a row per version; the current one counts
where _fivetran_active is null or {{ is_yes('_fivetran_active') }}
