with

requests as (
    select
        *,
        coalesce(status_code not like '2__', false) as is_error,
        {{ parse_integer('prompt_tokens') }} as prompt_count,
        {{ parse_integer('cache_read_tokens') }} as cache_read_count,
        {{ parse_integer('cache_write_tokens') }} as cache_write_count
    from {{ ref('base_helicone__requests') }}
),

calls as (
    select
        request_id as call_id,
        conversation_id || ' ' || coalesce(model, '') as attempt_scope,
        {{ parse_timestamp('started_at') }} as started_at,
        ended_at,
        is_error,
        cast(null as bigint) as retries
    from requests
    group by 1, 2, 3, 4, 5
),

{{ call_attempts() }}

select
    requests.request_id as api_call_id,
    requests.agent_id,
    requests.work_item_id,
    requests.conversation_id,
    requests.provider,
    requests.model,
    case when lower(requests.model) like '%embedding%' then 'embedding' else 'chat' end as operation,
    {{ as_text('null') }} as service_tier,
    requests.started_at,
    requests.ended_at,
    -- the gateway's own cache answered: no model was asked, so no tokens, and nothing to say of the provider's cache
    case when requests.is_gateway_cache_hit then '0' when requests.has_usage then {{ or_as_it_came(
        'case when requests.counts_cache_apart then requests.prompt_count else '
        ~ uncached_tokens('requests.prompt_count', 'requests.cache_read_count', 'requests.cache_write_count') ~ ' end',
        'requests.prompt_tokens'
    ) }} end as input_tokens,
    case when requests.has_usage then requests.cache_read_tokens end as cache_read_tokens,
    case when requests.has_usage then requests.cache_write_tokens end as cache_write_tokens,
    case when requests.is_gateway_cache_hit then '0' when requests.has_usage then requests.completion_tokens end
        as output_tokens,
    case when requests.status_code is null then null when requests.is_error then 'error' else 'success' end as status,
    case requests.status_code
        when '-1' then 'timeout'
        when '-3' then 'client_abort'
        when '-4' then 'content_filter'
        else {{ call_error_type('requests.status_code', as_text('null')) }}
    end as error_type,
    call_attempts.request_id,
    call_attempts.attempt_number,
    {{ as_text('null') }} as retry_of_api_call_id,
    -- in billionths of a dollar; 0 on a call that used tokens means that Helicone has no price
    case when requests.is_gateway_cache_hit then '0' when coalesce({{ parse_number('requests.cost') }}, 1) <> 0 then
        {{ or_as_it_came(as_money(parse_number('requests.cost') ~ ' * 0.000000001'), 'requests.cost') }}
    end as reported_cost_usd,
    case when not requests.is_gateway_cache_hit then requests.response_id end as provider_response_id,
    {{ as_text('null') }} as agent_version,
    requests.loaded_at,
    'helicone' as source_system,
    'properties=' || requests.labels as labels,
    false as is_copy
from requests
left join call_attempts on requests.request_id = call_attempts.call_id
