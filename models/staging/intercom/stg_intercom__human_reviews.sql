select
    conversation_id || '-handling' as review_id,
    conversation_id as work_item_id,
    conversation_id,
    statistics_last_closed_by_id as reviewer_id,
    {{ as_text('null') }} as reviewer_role,
    case when ai_agent_id is null then 'handling' else 'escalation' end as review_type,
    {{ time_or_seconds('coalesce(statistics_first_admin_reply_at, created_at)') }} as started_at,
    {{ as_text('null') }} as ended_at,
    {{ or_as_it_came(
        ratio(parse_number('statistics_adjusted_handling_time'), '60'), 'statistics_adjusted_handling_time'
    ) }} as active_minutes,
    loaded_at,
    'intercom' as source_system
from {{ ref('base_intercom__conversations') }}
where statistics_adjusted_handling_time is not null and has_human_reply and not is_preview
