select
    conversations.conversation_id,
    conversations.work_item_id,
    work_items.work_item_id as existing_work_item_id,
    coalesce(conversations.agent_id, work_items.agent_id) as agent_id,
    -- the agent of a row that names only this conversation
    case when work_items.work_item_id is not null then work_items.agent_id else conversations.agent_id end
        as subject_agent_id,
    conversations.channel,
    conversations.customer_id,
    conversations.topic,
    conversations.started_at,
    conversations.closed_at,
    conversations.close_reason
from {{ ref('int_records__conversations') }} as conversations
left join {{ ref('int_work_items__kept') }} as work_items
    on conversations.work_item_id = work_items.work_item_id
where conversations.record_state = 'kept'
