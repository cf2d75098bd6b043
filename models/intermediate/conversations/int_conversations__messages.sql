with

messages as {{ kept_rows('messages') }},

first_customer_messages as (
    select
        conversation_id,
        min(sent_at) as sent_at
    from messages
    where sender_type = 'customer'
    group by conversation_id
)

select
    messages.conversation_id,
    cast(count(case when messages.sender_type = 'ai' then 1 end) as bigint) as ai_messages,
    cast(count(case when messages.sender_type = 'human' then 1 end) as bigint) as human_messages,
    cast(count(case when messages.sender_type = 'customer' then 1 end) as bigint) as customer_messages,
    min(case when messages.sender_type = 'human' then messages.sent_at end) as first_human_message_at,
    min(first_customer_messages.sent_at) as first_customer_message_at,
    min(
        case
            when messages.sender_type = 'ai' and messages.sent_at > first_customer_messages.sent_at
                then messages.sent_at
        end
    ) as first_response_at,
    coalesce(
        max(case when messages.sender_type = 'human' then messages.sent_at end)
        > min(case when messages.sender_type = 'ai' then messages.sent_at end),
        false
    ) as has_human_after_ai
from messages
left join first_customer_messages on messages.conversation_id = first_customer_messages.conversation_id
group by messages.conversation_id
