select
    ticket_id as conversation_id,
    ticket_id as work_item_id,
    ai_agent_id as agent_id,
    channel,
    customer_id,
    topic,
    created_at as started_at,
    case when status in ('solved', 'closed') then finished_at end as closed_at,
    case when status in ('solved', 'closed') then 'resolved' end as close_reason,
    loaded_at,
    'zendesk' as source_system
from {{ ref('base_zendesk__tickets') }}
-- a ticket that was deleted or merged is no conversation of its own
where not is_excluded
