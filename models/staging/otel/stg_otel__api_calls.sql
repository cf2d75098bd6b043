{#- Only these operations call a model; a span of an agent or a workflow may carry the sum of its calls. -#}
{%- set operations = {'chat': 'chat', 'generate_content': 'chat', 'text_completion': 'chat', 'completion': 'chat',
    'embeddings': 'embedding', 'embedding': 'embedding', 'rerank': 'rerank'} -%}

with recursive

otel_spans as (
    select
        *,
        -- an unreadable line is no known operation; the checks are to see it
        coalesce(operation in ('{{ operations | join("', '") }}'), span_id is null or is_unreadable) as is_call,
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
        coalesce(input_tokens, output_tokens) is not null as has_usage
    from otel_spans
),

{{ repeating_spans() }},

calls as (
    select
        span_id as call_id,
        trace_id || ' ' || coalesce(parent_span_id, '') || ' ' || coalesce(model, '') as attempt_scope,
        {{ parse_timestamp('started_at') }} as started_at,
        ended_at,
        is_error,
        cast(null as bigint) as retries
    from otel_spans
    where is_call
    group by 1, 2, 3, 4, 5
),

{{ call_attempts() }}

select
    otel_spans.span_id as api_call_id,
    otel_spans.agent_id,
    otel_spans.work_item_id,
    otel_spans.conversation_id,
    coalesce({{ provider_name('otel_spans.provider') }}, {{ provider_of_model('otel_spans.model') }}) as provider,
    otel_spans.model,
    case otel_spans.operation
        {%- for operation, meaning in operations.items() %} when '{{ operation }}' then '{{ meaning }}'{% endfor %}
    end as operation,
    {{ call_service_tier('otel_spans.service_tier') }} as service_tier,
    otel_spans.started_at,
    otel_spans.ended_at,
    {{ or_as_it_came(uncached_tokens('input_count', 'cache_read_count', 'cache_write_count'), 'otel_spans.input_tokens') }}
        as input_tokens,
    otel_spans.cache_read_tokens,
    otel_spans.cache_write_tokens,
    otel_spans.output_tokens,
    case when is_unreadable then 'unreadable attributes' when otel_spans.is_error then 'error' else 'success' end as status,
    case when otel_spans.is_error then {{ call_error_type('otel_spans.error_type', 'otel_spans.error_text') }} end as error_type,
    call_attempts.request_id,
    call_attempts.attempt_number,
    {{ as_text('null') }} as retry_of_api_call_id,
    {{ as_text('null') }} as reported_cost_usd,
    otel_spans.response_id as provider_response_id,
    otel_spans.agent_version,
    otel_spans.loaded_at,
    'otel' as source_system,
    'service=' || otel_spans.service_name || ' name=' || otel_spans.span_name as labels,
    repeating_spans.span_id is not null as is_copy
from otel_spans
left join call_attempts on otel_spans.span_id = call_attempts.call_id
left join repeating_spans
    on otel_spans.trace_id = repeating_spans.trace_id and otel_spans.span_id = repeating_spans.span_id
where otel_spans.is_call
