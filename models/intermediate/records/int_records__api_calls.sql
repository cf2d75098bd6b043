{#- A call that several systems log is believed in this order: a gateway sees every attempt and its cost. -#}
{%- set systems = staged_by('api_calls', ['native', 'litellm', 'helicone', 'langfuse', 'otel']) -%}

with

checked_rows as (
    {{ checked_rows(
        'api_calls', systems, {'ends_before_start': 'ended_at < started_at'},
        extras={'labels': dbt.type_string(), 'is_copy': 'boolean'}
    ) }}
),

latest_rows as (
    select
        *,
        {{ record_state('api_calls', systems, tie_break=[
            'coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0)'
            ~ ' + coalesce(cache_write_tokens, 0) + coalesce(output_tokens, 0)'
        ]) }} as version_state
    from checked_rows
),

{{ call_states(systems) }}

select
    api_call_id,
    agent_id,
    work_item_id,
    conversation_id,
    provider,
    model,
    coalesce(ruled_operation, operation, 'chat') as operation,
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
            'timeout', 'rate_limit', 'server_error', 'model_error', 'validation_failure', 'content_filter',
            'client_abort'
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
    record_state,
    call_rule,
    call_action
from judged_calls
