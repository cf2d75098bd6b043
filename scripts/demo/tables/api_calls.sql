-- Chat attempts, look-ups in the knowledge base, and nightly evaluations that belong to no item.
with attempts as (
    select
        *,
        unnest(range(1, attempts + 1)) as attempt
    from turns
    where has_ai
),

chats as (
    select
        8 * attempts.turn_key + attempts.attempt as call_key,
        attempts.turn_key,
        attempts.item_key,
        attempts.lane,
        attempts.agent_id,
        attempts.has_item,
        attempts.has_conversation,
        prices.provider,
        prices.model,
        if(chance(attempts.turn_key, 'says_operation', 0.7), 'chat', null) as operation,
        if(chance(attempts.turn_key, 'says_tier', 0.7), 'standard', null) as service_tier,
        plus_seconds(
            attempts.asked_at, 0.2 + (attempts.attempt - 1) * attempts.attempt_seconds
        ) as started_at,
        attempts.attempt_seconds * 0.95 as seconds,
        attempts.attempt,
        case
            when attempts.attempt < attempts.attempts and phases.failures > 0.1 then pick(
                call_key, 'error',
                ['validation_failure', 'validation_failure', 'validation_failure', 'model_error', 'timeout']
            )
            when attempts.attempt < attempts.attempts then pick(
                call_key, 'error',
                ['timeout', 'rate_limit', 'rate_limit', 'server_error', 'validation_failure', 'overloaded']
            )
            when chance(call_key, 'aborts', 0.006) then 'client_abort'
            when chance(call_key, 'aborts', 0.009) then 'content_filter'
        end as error_type,
        whole(
            phases.prompt_tokens * (0.9 + 0.1 * attempts.turn)
            * within(attempts.turn_key, 'prompt', 0.75, 1.25)
        ) as prompt_tokens,
        whole(phases.reply_tokens * within(call_key, 'reply', 0.5, 1.5)) as reply_tokens,
        chance(call_key, 'cache_hit', phases.cache_hits) as is_cache_hit,
        attempts.agent_version
    from attempts
    inner join phases on attempts.phase = phases.phase
    inner join prices on prices.model = if(attempts.turn = 0, phases.first_model, phases.chat_model)
),

cached as (
    select
        *,
        64 * (prompt_tokens * 7 // 640) as cacheable_tokens,
        coalesce(error_type in ('client_abort', 'timeout'), false) as has_no_report,
        coalesce(error_type in ('rate_limit', 'server_error', 'overloaded'), false) as has_no_tokens,
        provider = 'google' and chance(call_key, 'cache_report', 0.3) as has_no_cache_report
    from chats
    where started_at <= last_event()
),

buckets as (
    select
        *,
        case
            when has_no_report or has_no_cache_report then null
            when is_cache_hit and not has_no_tokens then cacheable_tokens
            else 0
        end as cache_read_tokens,
        case
            when has_no_report or provider <> 'anthropic' then null
            when is_cache_hit or has_no_tokens or chance(call_key, 'cache_write', 0.5) then 0
            else cacheable_tokens
        end as cache_write_tokens
    from cached
),

all_calls as (
    select
        call_key,
        item_key,
        lane,
        agent_id,
        has_item,
        has_conversation,
        provider,
        model,
        operation,
        service_tier,
        started_at,
        seconds,
        case
            when has_no_report then null
            when has_no_tokens then 0
            else prompt_tokens - coalesce(cache_read_tokens, 0) - coalesce(cache_write_tokens, 0)
        end as input_tokens,
        cache_read_tokens,
        cache_write_tokens,
        case when has_no_report then null when has_no_tokens then 0 else reply_tokens end as output_tokens,
        error_type,
        turn_key,
        attempt,
        agent_version
    from buckets
    union all by name
    select
        8 * turn_key as call_key,
        item_key,
        lane,
        agent_id,
        has_item,
        has_conversation,
        'openai' as provider,
        'text-embedding-3-small' as model,
        'embedding' as operation,
        'standard' as service_tier,
        plus_seconds(asked_at, 0.05) as started_at,
        within(turn_key, 'embedding_seconds', 0.04, 0.12) as seconds,
        20 + whole(40 * draw(turn_key, 'embedding_tokens')) as input_tokens,
        1 as attempt,
        agent_version
    from turns
    where looks_up
    union all by name
    select
        8 * turn_key + 7 as call_key,
        item_key,
        lane,
        agent_id,
        false as has_item,
        false as has_conversation,
        'openai' as provider,
        'gpt-4.1-mini' as model,
        'evaluation' as operation,
        'batch' as service_tier,
        plus_seconds(date_trunc('day', asked_at), 3600 * within(turn_key, 'night', 25, 28)) as started_at,
        within(turn_key, 'evaluation_seconds', 30, 300) as seconds,
        600 + whole(600 * draw(turn_key, 'evaluation_tokens')) as input_tokens,
        0 as cache_read_tokens,
        60 + whole(60 * draw(turn_key, 'evaluation_tokens')) as output_tokens,
        1 as attempt,
        agent_version
    from turns
    where has_ai
        and chance(turn_key, 'evaluated', 0.02)
        and started_at <= last_event()
),

-- Few calls come twice: as an exact copy; as a tie on loaded_at of which the first has fewer tokens; or first
-- without tokens, with them days later. Few others come days late.
copies as (
    select
        *,
        unnest(if(chance(call_key, 'copy', 0.003), [true, false], [false])) as is_first_of_two,
        case
            when chance(call_key, 'copy', 0.0015) then 'exact'
            when chance(call_key, 'copy', 0.002) then 'tie'
            when chance(call_key, 'copy', 0.003) then 'update'
            when chance(call_key, 'copy', 0.006) then 'late'
            else 'none'
        end as copy_kind,
        is_first_of_two and copy_kind = 'update' as is_without_tokens
    from all_calls
)

select
    'call_' || copies.call_key as api_call_id,
    copies.agent_id,
    -- One chat in five names its conversation only; few calls of claims and loans name nothing.
    refers(
        'item', copies.item_key,
        copies.has_item and chance(copies.call_key, 'names_item', if(copies.has_conversation, 0.8, 0.995))
    ) as work_item_id,
    refers('conv', copies.item_key, copies.has_conversation) as conversation_id,
    copies.provider,
    copies.model,
    copies.operation,
    copies.service_tier,
    copies.started_at,
    case
        when not chance(copies.call_key, 'no_end', 0.01) then plus_seconds(copies.started_at, copies.seconds)
    end as ended_at,
    if(copies.is_without_tokens, null, copies.input_tokens) as input_tokens,
    if(copies.is_without_tokens, null, copies.cache_read_tokens) as cache_read_tokens,
    if(copies.is_without_tokens, null, copies.cache_write_tokens) as cache_write_tokens,
    case
        when copies.is_without_tokens then null
        when copies.is_first_of_two and copies.copy_kind = 'tie' then copies.output_tokens // 2
        else copies.output_tokens
    end as output_tokens,
    if(copies.error_type is null, 'success', 'error') as status,
    copies.error_type,
    -- Three ways to say "this is a retry": a shared request, the call it repeats, both.
    refers('request', copies.turn_key, copies.lane <> 3) as request_id,
    if(copies.lane <> 3, copies.attempt, null) as attempt_number,
    refers('call', copies.call_key - 1, copies.lane >= 3 and copies.attempt > 1) as retry_of_api_call_id,
    -- The gateway of the loan team reports what a call cost; some have a surcharge that no price list shows.
    case
        when copies.lane = 4 and not copies.is_without_tokens and chance(copies.call_key, 'reported', 0.5)
            then round((
                copies.input_tokens * prices.input_usd
                + coalesce(copies.cache_read_tokens, 0) * prices.read_usd
                + coalesce(copies.cache_write_tokens, 0) * prices.write_usd
                + coalesce(copies.output_tokens, 0) * prices.output_usd
            ) / 1000000
            * if(copies.operation = 'evaluation', 0.5, 1)
            * if(chance(copies.call_key, 'surcharge', 0.1), 1.5, 1), 10)
    end as reported_cost_usd,
    refers('response', copies.call_key, copies.error_type is null) as provider_response_id,
    copies.agent_version,
    case
        when copies.is_without_tokens then plus_seconds(copies.started_at, 900)
        when copies.copy_kind in ('update', 'late') then least(
            as_of(), plus_seconds(copies.started_at, 86400 * within(copies.call_key, 'days_late', 2, 9))
        )
        else loaded(copies.started_at, copies.call_key)
    end as loaded_at
from copies
inner join prices on copies.model = prices.model
