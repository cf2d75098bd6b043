{#- Only these operations call a model; a span of an agent or a workflow may carry the sum of its calls. -#}
{%- set operations = {
    'chat': 'chat', 'generate_content': 'chat', 'text_completion': 'chat', 'completion': 'chat',
    'embeddings': 'embedding', 'embedding': 'embedding', 'rerank': 'rerank',
} -%}

with recursive

otel_spans as (
    select
        *,
        -- an unreadable line is no known operation; the checks are to see it
        coalesce(operation in ('{{ operations | join("', '") }}'), span_id is null or is_unreadable)
            as is_call,
        -- two zeros mean that no usage was reported
        coalesce(input_tokens, '0') <> '0' or coalesce(output_tokens, '0') <> '0' as has_usage,
        concat_ws(' ', error_type, status_message) as error_text,
        {{ parse_integer('input_tokens') }} as input_count,
        {{ parse_integer('cache_read_tokens') }} as cache_read_count,
        {{ parse_integer('cache_write_tokens') }} as cache_write_count
    from {{ ref('base_otel__spans') }}
),

spans as (
    select
        trace_id,
        span_id,
        parent_span_id,
        is_call,
        has_usage
    from otel_spans
),

{{ repeating_spans() }},

otel_calls as (
    select * from otel_spans
    where is_call
),

{{ call_attempts('otel_calls', 'span_id', ['trace_id', 'parent_span_id', 'model'], 'ended_at', 'is_error') }}

select
    otel_calls.span_id as api_call_id,
    otel_calls.agent_id,
    otel_calls.work_item_id,
    otel_calls.conversation_id,
    coalesce({{ provider_name('otel_calls.provider') }}, {{ provider_of_model('otel_calls.model') }})
        as provider,
    otel_calls.model,
    case otel_calls.operation
        {%- for name, meaning in operations.items() %} when '{{ name }}' then '{{ meaning }}'{% endfor %}
    end as operation,
    {{ call_service_tier('otel_calls.service_tier') }} as service_tier,
    otel_calls.started_at,
    otel_calls.ended_at,
    case when otel_calls.has_usage then {{ or_as_it_came(
        uncached_tokens('input_count', 'cache_read_count', 'cache_write_count'), 'otel_calls.input_tokens'
    ) }} end as input_tokens,
    case when otel_calls.has_usage then otel_calls.cache_read_tokens end as cache_read_tokens,
    case when otel_calls.has_usage then otel_calls.cache_write_tokens end as cache_write_tokens,
    case when otel_calls.has_usage then otel_calls.output_tokens end as output_tokens,
    {{ call_status('otel_calls') }} as status,
    {{ call_error_type('otel_calls.error_type', 'otel_calls.error_text') }} as error_type,
    call_attempts.request_id,
    call_attempts.attempt_number,
    {{ as_text('null') }} as retry_of_api_call_id,
    {{ as_text('null') }} as reported_cost_usd,
    otel_calls.response_id as provider_response_id,
    otel_calls.agent_version,
    otel_calls.loaded_at,
    'otel' as source_system,
    'service=' || otel_calls.service_name || ' name=' || otel_calls.span_name as labels,
    repeating_spans.span_id is not null as is_copy
from otel_calls
left join call_attempts on otel_calls.span_id = call_attempts.call_id
left join repeating_spans
    on otel_calls.trace_id = repeating_spans.trace_id and otel_calls.span_id = repeating_spans.span_id
