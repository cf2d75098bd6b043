-- A greeting, questions and answers, and what people write after they took over.
with greetings as (
    select
        8 * turn_key as message_key,
        item_key,
        'ai' as sender_type,
        agent_id as sender_id,
        plus_seconds(asked_at, -1.5) as sent_at
    from turns
    where has_conversation
        and has_ai
        and turn = 0
        and chance(item_key, 'greets', 0.6)
),

questions as (
    select
        8 * turn_key + 1 as message_key,
        item_key,
        'customer' as sender_type,
        customer_id as sender_id,
        asked_at as sent_at
    from turns
    where has_conversation
),

answers as (
    select
        8 * turn_key + 2 as message_key,
        item_key,
        if(has_ai, 'ai', 'human') as sender_type,
        if(has_ai, agent_id, reviewer_id) as sender_id,
        plus_seconds(asked_at, 0.3 + if(has_ai, attempts, 1) * attempt_seconds) as sent_at
    from turns
    where has_conversation
),

-- Also some that step in with no hand-off and no word of it on the item.
human_answers as (
    select
        8 * (16 * item_key + 15) + reply as message_key,
        item_key,
        if(reply = 2, 'customer', 'human') as sender_type,
        if(reply = 2, customer_id, reviewer_id) as sender_id,
        plus_seconds(
            if(is_escalated, accepted_at, received_at), 20 + reply * within(item_key, 'human_reply', 15, 50)
        ) as sent_at
    from (
        select
            *,
            unnest(if(is_escalated, [1, 2, 3], [1])) as reply
        from items
        where has_conversation
            and agent_id is not null
            and (accepted_at is not null or (fate = 'ai_assumed' and chance(item_key, 'steps_in', 0.05)))
    )
),

messages as (
    from greetings
    union all
    from questions
    union all
    from answers
    union all
    from human_answers
)

select
    'msg_' || message_key as message_id,
    'conv_' || item_key as conversation_id,
    sender_type,
    sender_id,
    sent_at,
    loaded(sent_at, message_key) as loaded_at
from messages
where sent_at <= last_event()
