{%- set span = {'document': 'span', 'pointers': [
    'traceId', 'spanId', 'parentSpanId', 'name', 'startTimeUnixNano', 'endTimeUnixNano', 'attributes',
    'status/code', 'status/message',
]} -%}

with

documents as (
    select
        loaded_at,
        -- a line that cannot be read stands for one span of which nothing is known, for the checks to reject
        coalesce({{ adapter.quote('resourceSpans') }}, '[{"scopeSpans": [{"spans": [{}]}]}]')
            as resource_spans
    from {{ raw_table('otel', 'otlp') }} as raw_rows
),

resource_spans as (
    select
        loaded_at,
        {{ explode_json('resource_spans') }} as resource_span
    from documents
),

scope_spans as (
    select
        loaded_at,
        {{ json_text_at('resource_span', "'/resource/attributes'") }} as resource_attributes,
        {{ explode_json(json_text_at('resource_span', "'/scopeSpans'")) }} as scope_span
    from resource_spans
),

spans as (
    select
        loaded_at,
        resource_attributes,
        {{ explode_json(json_text_at('scope_span', "'/spans'")) }} as span
    from scope_spans
),

read_spans as (
    select
        loaded_at,
        resource_attributes,
        {{ json_read(span) }}
    from spans
    {{ fence() }}
)

select
    {{ json_value(span, 'traceId') }} as trace_id,
    {{ json_value(span, 'spanId') }} as span_id,
    nullif({{ json_value(span, 'parentSpanId') }}, '') as parent_span_id,
    {{ json_value(span, 'name') }} as span_name,
    {{ as_text(epoch_to_timestamp(json_value(span, 'startTimeUnixNano'), 'nanosecond')) }} as started_at,
    {{ epoch_to_timestamp(json_value(span, 'endTimeUnixNano'), 'nanosecond') }} as ended_at,
    {{ json_value(span, 'status/code') }} as status_code,
    {{ json_value(span, 'status/message') }} as status_message,
    {{ otlp_attributes(json_value(span, 'attributes')) }} as span_attributes,
    {{ otlp_attributes('resource_attributes') }} as resource_attributes,
    loaded_at
from read_spans
