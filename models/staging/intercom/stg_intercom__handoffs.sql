with

assignments as (
    select
        conversation_id,
        min(created_at) as assigned_at
    from {{ ref('base_intercom__parts') }}
    where part_type like '%assignment%' and author_type = 'bot' and assigned_to_type in ('admin', 'team')
    group by conversation_id
)

select
    conversations.conversation_id || '-handoff' as handoff_id,
    conversations.conversation_id as work_item_id,
    conversations.conversation_id,
    'ai' as initiated_by,
    {{ as_text('null') }} as reason,
    coalesce(
        assignments.assigned_at,
        {{ time_or_seconds('conversations.ai_agent_updated_at') }},
        {{ time_or_seconds('conversations.updated_at') }}
    ) as handed_off_at,
    {{ time_or_seconds('conversations.statistics_first_admin_reply_at') }} as accepted_at,
    conversations.loaded_at,
    'intercom' as source_system
from {{ ref('base_intercom__conversations') }} as conversations
left join assignments on conversations.conversation_id = assignments.conversation_id
where
    conversations.ai_agent_id is not null and not conversations.is_preview
    and (assignments.assigned_at is not null or conversations.ai_agent_resolution_state = 'routed_to_team')
