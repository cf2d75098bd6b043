{{ config(materialized='table') }}

{#- Langfuse lets a client name its usage as it likes: the names in use, by what they count. -#}
{%- set cache_read = [
    'input_cached_tokens', 'cache_read_input_tokens', 'input_cache_read', 'input_cached', 'cached_tokens'
] -%}
{%- set cache_write = ['cache_creation_input_tokens', 'input_cache_creation'] -%}
{%- set usage = {'document': 'usage_details', 'pointers': cache_read + cache_write + [
    'input', 'input_tokens', 'prompt_tokens', 'output', 'output_tokens', 'completion_tokens', 'total',
    'total_tokens',
    'output_reasoning_tokens', 'output_reasoning', 'input_cache_creation_5m', 'input_cache_creation_1h',
]} -%}
{%- set id_columns = ['session_id', 'user_id', 'name', 'trace_session_id', 'trace_user_id', 'trace_name'] -%}
{%- set documents = ['metadata', 'trace_metadata'] -%}

with

observations as (
    select
        observations.*,
        traces.trace_name,
        traces.trace_user_id,
        traces.trace_session_id,
        traces.trace_tags,
        traces.trace_metadata,
        {{ json_read(usage) }}
    from {{ raw_table('langfuse', 'observations') }} as observations
    left join {{ ref('base_langfuse__traces') }} as traces on observations.trace_id = traces.trace_id
    {{ fence() }}
)

select
    id as observation_id,
    trace_id,
    parent_observation_id,
    coalesce(upper(type), 'GENERATION') as type,
    start_time as started_at,
    end_time as ended_at,
    coalesce(upper(level) = 'ERROR', false) as is_error,
    version as agent_version,
    status_message,
    provided_model_name as model,
    {{ json_text_at('model_parameters', "'/service_tier'") }} as service_tier,
    total_cost,
    coalesce(
        {{ json_value(usage, 'input') }},
        {{ json_value(usage, 'input_tokens') }},
        {{ json_value(usage, 'prompt_tokens') }}
    ) as input_tokens,
    coalesce(
        {{ json_value(usage, 'output') }}, {{ json_value(usage, 'output_tokens') }},
        {{ json_value(usage, 'completion_tokens') }}
    ) as output_tokens,
    greatest({{ json_counts(usage, cache_read) }}) as cache_read_tokens,
    greatest(
        {{ json_counts(usage, cache_write) }},
        {{ parse_integer(json_value(usage, 'input_cache_creation_5m')) }}
        + coalesce({{ parse_integer(json_value(usage, 'input_cache_creation_1h')) }}, 0),
        {{ parse_integer(json_value(usage, 'input_cache_creation_1h')) }}
    ) as cache_write_tokens,
    coalesce({{ json_counts(usage, ['output_reasoning_tokens', 'output_reasoning']) }}) as reasoning_tokens,
    coalesce({{ json_counts(usage, ['total', 'total_tokens']) }}) as total_tokens,
    {{ json_value(usage, 'input') }} is null and {{ json_value(usage, 'prompt_tokens') }} is not null
        as is_openai_style,
    usage_details_values is null and usage_details is not null as is_unreadable,
    {% for entity in ['agent', 'work_item', 'conversation', 'provider', 'response'] -%}
    {{ identity(entity, id_columns, documents) }} as {{ entity }}_id,
    {% endfor -%}
    concat_ws(
        ' ', 'environment=' || environment, 'name=' || name, 'trace=' || trace_name, 'tags=' || trace_tags
    ) as labels,
    {{ first_time(['loaded_at', 'event_ts', 'updated_at', 'end_time', 'start_time']) }} as loaded_at,
    max(case when {{ is_yes('is_deleted') }} then {{ first_time(['event_ts', 'updated_at']) }} end)
        over (partition by id) as deleted_at
from {{ with_identity_paths('observations', 'langfuse') }}
