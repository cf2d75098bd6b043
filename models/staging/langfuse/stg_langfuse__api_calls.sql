with recursive

observations as (select * from {{ ref('base_langfuse__kept_observations') }}),

spans as (
    select
        trace_id,
        observation_id as span_id,
        parent_observation_id as parent_span_id,
        type in ('GENERATION', 'EMBEDDING') as is_call,
        coalesce(input_tokens, output_tokens) is not null as has_usage
    from observations
),

{{ repeating_spans() }},

-- the parts are meant to be disjoint; where they exceed the total, the client sent input with the cached tokens in it
counted_calls as (
    select
        *,
        coalesce(total_tokens < input_count + cached_count + output_count, is_openai_style) as includes_cached,
        -- reasoning that the total has no room for is in the output already
        case when total_tokens < input_count + output_count + reasoning_tokens then 0 else coalesce(reasoning_tokens, 0) end
            as reasoning_count,
        coalesce(input_tokens, '0') <> '0' or coalesce(output_tokens, '0') <> '0' or cached_count > 0 as has_usage
    from observations
    where type in ('GENERATION', 'EMBEDDING')
),

calls as (
    select
        observation_id as call_id,
        trace_id || ' ' || coalesce(parent_observation_id, '') || ' ' || coalesce(model, '') as attempt_scope,
        {{ parse_timestamp('started_at') }} as started_at,
        {{ parse_timestamp('ended_at') }} as ended_at,
        is_error,
        cast(null as bigint) as retries
    from counted_calls
    group by 1, 2, 3, 4, 5
),

{{ call_attempts() }}

select
    counted_calls.observation_id as api_call_id,
    counted_calls.agent_id,
    counted_calls.work_item_id,
    counted_calls.conversation_id,
    coalesce({{ provider_name('counted_calls.provider_id') }}, {{ provider_of_model('counted_calls.model') }}) as provider,
    counted_calls.model,
    case counted_calls.type when 'EMBEDDING' then 'embedding' else 'chat' end as operation,
    {{ call_service_tier('counted_calls.service_tier') }} as service_tier,
    counted_calls.started_at,
    counted_calls.ended_at,
    {% set uncached = uncached_tokens('input_count', 'cache_read_tokens', 'cache_write_tokens') -%}
    case when has_usage then
        {{ or_as_it_came('case when includes_cached then ' ~ uncached ~ ' else input_count end', 'input_tokens') }}
    end as input_tokens,
    case when has_usage then cache_read_tokens end as cache_read_tokens,
    case when has_usage then cache_write_tokens end as cache_write_tokens,
    case when has_usage then {{ or_as_it_came('output_count + reasoning_count', 'output_tokens') }} end as output_tokens,
    case when is_unreadable then 'unreadable usage_details' when counted_calls.is_error then 'error' else 'success' end
        as status,
    case when counted_calls.is_error then {{ call_error_type(as_text('null'), 'status_message') }} end as error_type,
    call_attempts.request_id,
    call_attempts.attempt_number,
    {{ as_text('null') }} as retry_of_api_call_id,
    -- a cost of 0 means that Langfuse has no price for the model
    case when coalesce({{ parse_number('total_cost') }}, 1) <> 0 then total_cost end as reported_cost_usd,
    counted_calls.response_id as provider_response_id,
    counted_calls.agent_version,
    counted_calls.loaded_at,
    'langfuse' as source_system,
    counted_calls.labels,
    repeating_spans.span_id is not null as is_copy
from counted_calls
left join call_attempts on counted_calls.observation_id = call_attempts.call_id
left join repeating_spans
    on counted_calls.trace_id = repeating_spans.trace_id and counted_calls.observation_id = repeating_spans.span_id
