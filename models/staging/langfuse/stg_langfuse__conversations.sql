with

traces as (
    select
        *,
        row_number() over (
            partition by conversation_id order by {{ parse_timestamp('started_at') }}, trace_id
        ) as trace_number,
        max(loaded_at) over (partition by conversation_id) as last_loaded_at
    from {{ ref('base_langfuse__traces') }}
    -- a trace without a session is no conversation; one without an id is an unreadable line, for the checks
    -- to reject
    where conversation_id is not null or trace_id is null
)

select
    conversation_id,
    work_item_id,
    agent_id,
    {{ as_text('null') }} as channel,
    customer_id,
    topic,
    started_at,
    -- a trace ends with a turn; whether the customer was done is not in it
    {{ as_text('null') }} as closed_at,
    {{ as_text('null') }} as close_reason,
    last_loaded_at as loaded_at,
    'langfuse' as source_system
from traces
where trace_number = 1 or trace_id is null
