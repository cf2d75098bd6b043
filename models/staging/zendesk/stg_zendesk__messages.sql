with

messages as (select * from {{ ref('base_zendesk__messages') }}),

requesters as (
    select
        ticket_id,
        max(requester_id) as requester_id
    from {{ ref('base_zendesk__tickets') }}
    group by ticket_id
)

select
    messages.message_id,
    messages.ticket_id as conversation_id,
    case
        when messages.ai_agent_id is not null then 'ai'
        when messages.role in ('agent', 'admin') or messages.is_by_business then 'human'
        -- agents are in every export of the users; who is in none of it, or is no agent, is a customer
        when messages.user_id = requesters.requester_id or messages.has_users then 'customer'
    end as sender_type,
    messages.user_id as sender_id,
    messages.sent_at,
    messages.loaded_at,
    'zendesk' as source_system
from messages
left join requesters on messages.ticket_id = requesters.ticket_id
