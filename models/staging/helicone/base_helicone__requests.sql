{{ config(materialized='table') }}

{%- set id_columns = ['user_id', 'proxy_key_id', 'organization_id'] -%}

with

requests as (
    select
        *,
        {{ parse_timestamp('request_created_at') }} as started_time,
        {{ parse_integer('latency') }} as latency_ms,
        {{ provider_name('provider') }} as provider_word,
        coalesce(cache_reference_id <> '00000000-0000-0000-0000-000000000000', false) as is_gateway_cache_hit,
        -- a model never answers to nothing: two zeros mean that no usage was reported
        coalesce(prompt_tokens, '0') = '0' and coalesce(completion_tokens, '0') = '0' as is_without_usage
    from {{ raw_table('helicone', 'requests') }} as raw_rows
    -- -2: the answer is still to come, and so is the row that tells of it
    where status is null or status <> '-2'
    {{ fence() }}
)

select
    request_id,
    response_id,
    {{ identity('agent', id_columns, ['properties']) }} as agent_id,
    {{ identity('work_item', id_columns, ['properties']) }} as work_item_id,
    {{ identity('conversation', id_columns, ['properties']) }} as conversation_id,
    coalesce(provider_word, {{ provider_of_model('requests.model') }}) as provider,
    model,
    request_created_at as started_at,
    coalesce(
        {{ parse_timestamp('response_created_at') }}, {{ add_seconds('started_time', 'latency_ms * 0.001') }}
    ) as ended_at,
    status as status_code,
    prompt_tokens,
    completion_tokens,
    prompt_cache_read_tokens as cache_read_tokens,
    prompt_cache_write_tokens as cache_write_tokens,
    cost,
    is_gateway_cache_hit,
    not is_gateway_cache_hit and not is_without_usage as has_usage,
    coalesce(provider_word = 'anthropic' or lower(model) like '%claude%', false) as counts_cache_apart,
    properties as labels,
    {{ first_time(['loaded_at', 'updated_at', 'response_created_at', 'request_created_at']) }} as loaded_at
from {{ with_identity_paths('requests', 'helicone') }}
