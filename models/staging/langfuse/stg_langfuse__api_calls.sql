with recursive

spans as (
    select
        trace_id,
        observation_id as span_id,
        parent_observation_id as parent_span_id,
        type in ('GENERATION', 'EMBEDDING') as is_call,
        coalesce(input_tokens, output_tokens) is not null as has_usage
    from {{ ref('base_langfuse__kept_observations') }}
),

{{ repeating_spans() }},

-- the parts are meant to be disjoint; where they exceed the total, the input has the cached tokens in it
generations as (
    select
        *,
        coalesce(total_tokens < input_count + cached_count + output_count, is_openai_style)
            as includes_cached,
        -- reasoning that the total has no room for is in the output already
        case
            when total_tokens < input_count + output_count + reasoning_tokens then 0
            else coalesce(reasoning_tokens, 0)
        end as reasoning_count,
        coalesce(input_tokens, '0') <> '0' or coalesce(output_tokens, '0') <> '0' or cached_count > 0
            as has_usage
    from {{ ref('base_langfuse__kept_observations') }}
    where type in ('GENERATION', 'EMBEDDING')
),

{{ call_attempts(
    'generations', 'observation_id', ['trace_id', 'parent_observation_id', 'model'],
    parse_timestamp('ended_at'), 'is_error'
) }}

select
    generations.observation_id as api_call_id,
    generations.agent_id,
    generations.work_item_id,
    generations.conversation_id,
    coalesce({{ provider_name('generations.provider_id') }}, {{ provider_of_model('generations.model') }})
        as provider,
    generations.model,
    case generations.type when 'EMBEDDING' then 'embedding' else 'chat' end as operation,
    {{ call_service_tier('generations.service_tier') }} as service_tier,
    generations.started_at,
    generations.ended_at,
    {% set uncached = uncached_tokens(
        'generations.input_count', 'generations.cache_read_tokens', 'generations.cache_write_tokens'
    ) -%}
    case when generations.has_usage then {{ or_as_it_came(
        'case when generations.includes_cached then ' ~ uncached ~ ' else generations.input_count end',
        'generations.input_tokens'
    ) }} end as input_tokens,
    case when generations.has_usage then generations.cache_read_tokens end as cache_read_tokens,
    case when generations.has_usage then generations.cache_write_tokens end as cache_write_tokens,
    case when generations.has_usage then {{ or_as_it_came(
        'generations.output_count + generations.reasoning_count', 'generations.output_tokens'
    ) }} end as output_tokens,
    {{ call_status('generations') }} as status,
    {{ call_error_type(as_text('null'), 'generations.status_message') }} as error_type,
    call_attempts.request_id,
    call_attempts.attempt_number,
    {{ as_text('null') }} as retry_of_api_call_id,
    -- a cost of 0 means that Langfuse has no price for the model
    case when coalesce({{ parse_number('generations.total_cost') }}, -1) <> 0 then generations.total_cost end
        as reported_cost_usd,
    generations.response_id as provider_response_id,
    generations.agent_version,
    generations.loaded_at,
    'langfuse' as source_system,
    generations.labels,
    repeating_spans.span_id is not null as is_copy
from generations
left join call_attempts on generations.observation_id = call_attempts.call_id
left join repeating_spans
    on generations.trace_id = repeating_spans.trace_id
    and generations.observation_id = repeating_spans.span_id
