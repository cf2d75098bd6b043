with

checked_rows as (
    {{ checked_rows('api_calls', ref('stg_native__api_calls'), {'ends_before_start': 'ended_at < started_at'}) }}
)

select
    api_call_id,
    agent_id,
    work_item_id,
    conversation_id,
    provider,
    model,
    coalesce(operation, 'chat') as operation,
    coalesce(service_tier, 'standard') as service_tier,
    started_at,
    ended_at,
    input_tokens,
    cache_read_tokens,
    cache_write_tokens,
    output_tokens,
    status,
    case
        when status = 'success' then null
        when error_type in (
            'timeout', 'rate_limit', 'server_error', 'model_error', 'validation_failure', 'content_filter', 'client_abort'
        ) then error_type
        else 'other'
    end as error_type,
    request_id,
    coalesce(attempt_number, 1) as attempt_number,
    retry_of_api_call_id,
    reported_cost_usd,
    provider_response_id,
    agent_version,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('api_calls', tie_break=[
        'coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0) + coalesce(output_tokens, 0)'
    ]) }} as record_state
from checked_rows
