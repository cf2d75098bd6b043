with

as_of as (select * from {{ ref('int_calendar__as_of') }}),

flags as (
    select
        conversations.*,
        coalesce(messages.ai_messages, 0) as ai_messages,
        coalesce(messages.human_messages, 0) as human_messages,
        coalesce(messages.customer_messages, 0) as customer_messages,
        {{ seconds_between('messages.first_customer_message_at', 'messages.first_response_at') }}
            as first_response_seconds,
        {{ seconds_between('conversations.started_at', 'conversations.closed_at') }} as handling_seconds,
        {{ seconds_between('conversations.closed_at', 'as_of.data_as_of') }} as seconds_since_close,
        least(messages.first_human_message_at, handoffs.first_handed_off_at) as human_joined_at,
        next_starts.next_started_at as next_conversation_started_at,
        {{ seconds_between('conversations.closed_at', 'next_starts.next_started_at') }} as seconds_to_return,
        coalesce(messages.ai_messages, 0) > 0 as is_ai_touched,
        handoffs.conversation_id is not null or coalesce(messages.has_human_after_ai, false) as is_handed_off,
        conversations.customer_id is not null and conversations.topic is not null as is_identifiable,
        prompts.conversation_id is not null as is_prompted,
        coalesce(prompts.is_answered, false) as is_answered
    from {{ ref('int_conversations__kept') }} as conversations
    cross join as_of
    left join {{ ref('int_conversations__messages') }} as messages
        on conversations.conversation_id = messages.conversation_id
    left join {{ ref('int_conversations__next_starts') }} as next_starts
        on conversations.conversation_id = next_starts.conversation_id
    left join {{ ref('int_conversations__handoffs') }} as handoffs
        on conversations.conversation_id = handoffs.conversation_id
    left join {{ ref('int_conversations__prompts') }} as prompts
        on conversations.conversation_id = prompts.conversation_id
)

-- one rule, three windows
select
    *,
    {% for name, hours in return_windows().items() -%}
    coalesce(seconds_since_close >= {{ hours }} * 3600, false) as is_mature{{ name }},
    coalesce(seconds_to_return <= {{ hours }} * 3600, false)
        as is_returned{{ name }}{{ ',' if not loop.last }}
    {% endfor %}
from flags
