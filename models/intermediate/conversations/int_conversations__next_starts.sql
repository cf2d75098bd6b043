with

conversations as (
    select * from {{ ref('int_conversations__kept') }}
    where customer_id is not null and topic is not null
),

-- at one instant starts come before ends, so what follows an end is strictly later
starts_and_ends as (
    select
        cast(null as {{ dbt.type_string() }}) as conversation_id,
        customer_id,
        topic,
        started_at as happened_at,
        started_at,
        0 as event_order
    from conversations
    union all
    select
        conversation_id,
        customer_id,
        topic,
        closed_at as happened_at,
        cast(null as timestamp) as started_at,
        1 as event_order
    from conversations
    where closed_at is not null
),

followed as (
    select
        conversation_id,
        min(started_at) over (
            partition by customer_id, topic
            order by happened_at, event_order
            rows between 1 following and unbounded following
        ) as next_started_at
    from starts_and_ends
)

select
    conversation_id,
    next_started_at
from followed
where conversation_id is not null
