with

spend_logs as (
    select
        *,
        not is_gateway_cache_hit and not is_without_usage as has_usage,
        {{ parse_integer('prompt_tokens') }} as prompt_count
    from {{ ref('base_litellm__spend_logs') }}
),

calls as (
    select
        request_id as call_id,
        session_id || ' ' || coalesce(model_group, model, '') || ' ' || coalesce(call_type, '') as attempt_scope,
        {{ parse_timestamp('started_at') }} as started_at,
        {{ parse_timestamp('ended_at') }} as ended_at,
        status = 'failure' as is_error,
        attempted_retries as retries
    from spend_logs
),

{{ call_attempts() }}

select
    spend_logs.request_id as api_call_id,
    spend_logs.agent_id,
    spend_logs.work_item_id,
    spend_logs.conversation_id,
    coalesce({{ provider_name('spend_logs.provider') }}, 'unknown') as provider,
    case
        when spend_logs.model like spend_logs.provider || '/%'
            then substr(spend_logs.model, length(spend_logs.provider) + 2)
        else spend_logs.model
    end as model,
    case
        when spend_logs.call_type like '%embedding%' then 'embedding'
        when spend_logs.call_type like '%rerank%' then 'rerank'
        when spend_logs.call_type like '%moderation%' then 'moderation'
        when spend_logs.call_type like '%image%' or spend_logs.call_type like '%speech%'
            or spend_logs.call_type like '%transcription%' then 'other'
        else 'chat'
    end as operation,
    case
        when spend_logs.call_type like '%batch%' then 'batch'
        else {{ call_service_tier('spend_logs.service_tier') }}
    end as service_tier,
    spend_logs.started_at,
    spend_logs.ended_at,
    -- the gateway's own cache answered: no model was asked, so no tokens, and nothing to say of the provider's cache
    case when spend_logs.is_gateway_cache_hit then '0' when spend_logs.has_usage then {{ or_as_it_came(
        uncached_tokens('spend_logs.prompt_count', 'spend_logs.cache_read_tokens', 'spend_logs.cache_write_tokens'),
        'spend_logs.prompt_tokens'
    ) }} end as input_tokens,
    case when spend_logs.has_usage then spend_logs.cache_read_tokens end as cache_read_tokens,
    case when spend_logs.has_usage then spend_logs.cache_write_tokens end as cache_write_tokens,
    case
        when spend_logs.is_gateway_cache_hit then '0'
        when spend_logs.has_usage then {{ as_text('spend_logs.completion_tokens') }}
    end as output_tokens,
    case spend_logs.status when 'failure' then 'error' else spend_logs.status end as status,
    case when spend_logs.status = 'failure' then {{ call_error_type('spend_logs.error_code', 'spend_logs.error_class') }} end
        as error_type,
    call_attempts.request_id,
    coalesce(call_attempts.attempt_number, spend_logs.attempted_retries + 1) as attempt_number,
    {{ as_text('null') }} as retry_of_api_call_id,
    -- a spend of 0 on a call that used tokens means that the gateway has no price
    case when spend_logs.is_gateway_cache_hit or coalesce({{ parse_number('spend_logs.spend') }}, 1) <> 0 then spend_logs.spend end
        as reported_cost_usd,
    case when not spend_logs.is_gateway_cache_hit and spend_logs.status = 'success' then spend_logs.request_id end
        as provider_response_id,
    {{ as_text('null') }} as agent_version,
    spend_logs.loaded_at,
    'litellm' as source_system,
    spend_logs.labels,
    false as is_copy
from spend_logs
left join call_attempts on spend_logs.request_id = call_attempts.call_id
