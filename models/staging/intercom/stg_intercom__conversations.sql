select
    conversations.conversation_id,
    conversations.conversation_id as work_item_id,
    conversations.ai_agent_id as agent_id,
    conversations.source_type as channel,
    conversations.customer_id,
    conversations.topic,
    conversations.started_at,
    case when conversations.state = 'closed' then conversations.finished_at end as closed_at,
    case
        when conversations.state <> 'closed' then null
        when conversations.ai_agent_resolution_state = 'routed_to_team' then 'handed_off'
        when conversations.ai_agent_resolution_state = 'abandoned' then 'abandoned'
        else 'resolved'
    end as close_reason,
    conversations.loaded_at,
    'intercom' as source_system
from {{ ref('base_intercom__conversations') }} as conversations
-- a preview of the AI agent is a test
where not conversations.is_preview
