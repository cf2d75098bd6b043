{{ config(materialized='table') }}

{#- A convention that was renamed is read under each of its names, the newest first. -#}
{%- set names = {
    'operation': ['gen_ai.operation.name', 'llm.request.type'],
    'provider': ['gen_ai.provider.name', 'gen_ai.system'],
    'model': ['gen_ai.response.model', 'gen_ai.request.model'],
    'response_id': ['gen_ai.response.id'],
    'input_tokens': ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'],
    'output_tokens': ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'],
    'cache_read_tokens': ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
    'cache_write_tokens': ['gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens'],
    'service_tier': [
        'openai.response.service_tier', 'gen_ai.openai.response.service_tier', 'openai.request.service_tier',
        'gen_ai.openai.request.service_tier',
    ],
    'error_type': ['error.type'],
    'agent_version': ['gen_ai.agent.version'],
    'documents': ['gen_ai.retrieval.documents'],
} -%}
{%- set attributes = {'document': 'span_attributes', 'pointers': names.values() | sum(start=[])} -%}
{%- set documents = ['span_attributes', 'resource_attributes'] -%}

with

spans as (
    select
        {{ adapter.quote('TraceId') }} as trace_id,
        {{ adapter.quote('SpanId') }} as span_id,
        {{ adapter.quote('ParentSpanId') }} as parent_span_id,
        {{ adapter.quote('SpanName') }} as span_name,
        {{ adapter.quote('Timestamp') }} as started_at,
        {{ add_seconds(
            parse_timestamp(adapter.quote('Timestamp')), as_money('cast(' ~ adapter.quote('Duration') ~ ' as bigint)') ~ ' * 0.000000001'
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
)

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
    lower(status_code) in ('error', 'status_code_error', '2') as is_error,
    {% for entity in ['agent', 'work_item', 'conversation', 'customer', 'topic'] -%}
    {{ identity(entity, [], documents) }} as {{ entity }}_id,
    {% endfor -%}
    {{ json_text_at('resource_attributes', "'/service.name'") }} as service_name,
    span_attributes_values is null and span_attributes is not null as is_unreadable,
    coalesce({{ parse_timestamp('loaded_at') }}, ended_at, {{ parse_timestamp('started_at') }}) as loaded_at
from read_spans
{{ identity_join('otel') }}
