-- one conversation is one piece of work
select
    conversation_id as work_item_id,
    ai_agent_id as agent_id,
    {{ as_text('null') }} as work_item_type,
    source_type as channel,
    customer_id,
    topic,
    started_at as received_at,
    case when state = 'closed' then finished_at end as closed_at,
    case
        when is_preview then 'excluded'
        when state in ('open', 'snoozed') then 'open'
        when state = 'closed' and (
            ai_agent_resolution_state = 'abandoned'
            -- the AI agent took part, gave no resolution, and nobody else answered
            or (ai_agent_id is not null and ai_agent_resolution_state is null and not has_human_reply)
        ) then 'abandoned'
        when state = 'closed' then 'completed'
        else state
    end as status,
    case
        when state <> 'closed' then null
        when ai_agent_resolution_state in ('confirmed_resolution', 'assumed_resolution') then 'ai'
        when ai_agent_resolution_state = 'abandoned' then null
        when ai_agent_id is null or ai_agent_resolution_state = 'routed_to_team' or has_human_reply
            then 'human'
    end as resolved_by,
    case ai_agent_resolution_state
        when 'confirmed_resolution' then 'confirmed'
        when 'assumed_resolution' then 'assumed'
    end as resolution_evidence,
    {{ as_text('null') }} as agent_version,
    loaded_at,
    'intercom' as source_system
from {{ ref('base_intercom__conversations') }}
