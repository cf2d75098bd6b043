with

spans as (
    select
        *,
        -- the agent of a conversation is the one that was invoked, else one that made a call for us
        case
            when operation = 'invoke_agent' then 1
            when not exists (
                select 1 from {{ ref('stg_settings__call_rules') }} as rules
                where
                    rules.action = 'exclude' and rules.matched_column = 'agent_id'
                    and coalesce(rules.source_system, 'otel') = 'otel'
                    and lower(spans.agent_id) like rules.pattern
            ) then 2
        end as agent_preference
    from {{ ref('base_otel__spans') }} as spans
    where conversation_id is not null
),

ranked_spans as (
    select
        *,
        row_number() over (
            partition by conversation_id
            order by agent_preference nulls last, {{ parse_timestamp('started_at') }}, span_id
        ) as span_number,
        min({{ parse_timestamp('started_at') }}) over (partition by conversation_id) as first_started_at,
        max(work_item_id) over (partition by conversation_id) as any_work_item_id,
        max(customer_id) over (partition by conversation_id) as any_customer_id,
        max(topic_id) over (partition by conversation_id) as any_topic,
        max(loaded_at) over (partition by conversation_id) as last_loaded_at
    from spans
)

select
    conversation_id,
    any_work_item_id as work_item_id,
    case when agent_preference is not null then agent_id end as agent_id,
    {{ as_text('null') }} as channel,
    any_customer_id as customer_id,
    any_topic as topic,
    first_started_at as started_at,
    -- spans end with a turn; whether the customer was done is not in them
    {{ as_text('null') }} as closed_at,
    {{ as_text('null') }} as close_reason,
    last_loaded_at as loaded_at,
    'otel' as source_system
from ranked_spans
where span_number = 1
