{{ config(materialized='table') }}

{%- set names = gen_ai_attributes() -%}
{%- set attributes = {'document': 'span_attributes', 'pointers': names.values() | sum(start=[])} -%}
{%- set documents = ['span_attributes', 'resource_attributes'] -%}
{%- set entities = ['agent', 'work_item', 'conversation', 'customer', 'topic'] -%}

with

spans as (
    select
        {{ adapter.quote('TraceId') }} as trace_id,
        {{ adapter.quote('SpanId') }} as span_id,
        {{ adapter.quote('ParentSpanId') }} as parent_span_id,
        {{ adapter.quote('SpanName') }} as span_name,
        {{ adapter.quote('Timestamp') }} as started_at,
        {{ add_seconds(
            parse_timestamp(adapter.quote('Timestamp')),
            as_money(parse_integer(adapter.quote('Duration'))) ~ ' * 0.000000001'
        ) }} as ended_at,
        {{ adapter.quote('StatusCode') }} as status_code,
        {{ adapter.quote('StatusMessage') }} as status_message,
        {{ adapter.quote('SpanAttributes') }} as span_attributes,
        {{ adapter.quote('ResourceAttributes') }} as resource_attributes,
        loaded_at
    from {{ raw_table('otel', 'traces') }} as raw_rows
    union all
    select * from {{ ref('base_otel__otlp_spans') }}
),

read_spans as (
    select
        *,
        {{ json_read(attributes) }}
    from spans
    {{ fence() }}
),

identified_spans as (
    select
        trace_id,
        span_id,
        parent_span_id,
        span_name,
        started_at,
        ended_at,
        status_message,
        {% for name, keys in names.items() -%}
        coalesce({% for key in keys %}{{ json_value(attributes, key) }}, {% endfor %}null) as {{ name }},
        {% endfor -%}
        coalesce(lower(status_code) in ('error', 'status_code_error', '2'), false) as is_error,
        {% for entity in entities -%}
        {{ identity(entity, [], documents) }} as own_{{ entity }}_id,
        {% endfor -%}
        {{ json_text_at('resource_attributes', "'/service.name'") }} as service_name,
        span_attributes_values is null and span_attributes is not null as is_unreadable,
        coalesce({{ parse_timestamp('loaded_at') }}, ended_at, {{ parse_timestamp('started_at') }})
            as loaded_at
    from {{ with_identity_paths('read_spans', 'otel') }}
)

-- what one span of a trace knows, and no other span contradicts, holds for all of it
select
    *,
    {% for entity in entities -%}
    {%- set known = 'own_' ~ entity ~ '_id' -%}
    coalesce({{ known }}, case
        when min({{ known }}) over (partition by trace_id) = max({{ known }}) over (partition by trace_id)
            then min({{ known }}) over (partition by trace_id)
    end{{ ', service_name' if entity == 'agent' }}) as {{ entity }}_id{{ ',' if not loop.last }}
    {% endfor %}
from identified_spans
