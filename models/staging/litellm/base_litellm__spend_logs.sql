{{ config(materialized='table') }}

{%- set cache_read = [
    'usage_object/prompt_tokens_details/cached_tokens', 'usage_object/cache_read_input_tokens',
    'additional_usage_values/prompt_tokens_details/cached_tokens',
    'additional_usage_values/cache_read_input_tokens',
] -%}
{%- set cache_write = [
    'usage_object/prompt_tokens_details/cache_creation_tokens', 'usage_object/cache_creation_input_tokens',
    'additional_usage_values/cache_creation_input_tokens',
] -%}
{%- set metadata = {'document': 'metadata', 'pointers': cache_read + cache_write + [
    'status', 'attempted_retries', 'usage_object/service_tier', 'error_information/error_code',
    'error_information/error_class', 'error_information/llm_provider',
]} -%}
{%- set id_columns = [
    'agent_id', 'session_id', 'end_user', 'user', 'team_id', 'organization_id', 'api_key', 'model_group'
] -%}

with

spend_logs as (
    select
        *,
        {{ json_read(metadata) }}
    from {{ raw_table('litellm', 'spend_logs') }} as raw_rows
    -- a tool called through the gateway is no model call
    where coalesce(call_type, '') not in ('call_mcp_tool', 'list_mcp_tools')
    {{ fence() }}
)

select
    request_id,
    {{ identity('agent', id_columns, ['metadata']) }} as agent_id,
    {{ identity('work_item', id_columns, ['metadata']) }} as work_item_id,
    {{ identity('conversation', id_columns, ['metadata']) }} as conversation_id,
    call_type,
    coalesce(custom_llm_provider, {{ json_value(metadata, 'error_information/llm_provider') }}) as provider,
    coalesce(model, model_group) as model,
    model_group,
    session_id,
    {{ adapter.quote('startTime') }} as started_at,
    {{ adapter.quote('endTime') }} as ended_at,
    {{ first_time(['loaded_at', adapter.quote('endTime'), adapter.quote('startTime')]) }} as loaded_at,
    prompt_tokens,
    completion_tokens,
    -- a model never answers to nothing: two zeros mean that no usage was reported
    coalesce({{ clean_text('prompt_tokens') }}, '0') = '0'
    and coalesce({{ clean_text('completion_tokens') }}, '0') = '0' as is_without_usage,
    spend,
    greatest({{ json_counts(metadata, cache_read) }}) as cache_read_tokens,
    greatest({{ json_counts(metadata, cache_write) }}) as cache_write_tokens,
    coalesce(lower(cache_hit) = 'true', false) as is_gateway_cache_hit,
    case
        when metadata_values is null and metadata is not null then 'unreadable metadata'
        else coalesce(lower(trim(status)), lower({{ json_value(metadata, 'status') }}), 'success')
    end as status,
    {{ parse_integer(json_value(metadata, 'attempted_retries')) }} as attempted_retries,
    {{ json_value(metadata, 'usage_object/service_tier') }} as service_tier,
    {{ json_value(metadata, 'error_information/error_code') }} as error_code,
    {{ json_value(metadata, 'error_information/error_class') }} as error_class,
    'tags=' || request_tags as labels
from {{ with_identity_paths('spend_logs', 'litellm') }}
