with

api_calls as (select * from {{ ref('int_api_calls__priced') }} where record_state = 'kept'),
retried_calls as (select * from {{ ref('int_api_calls__retried') }})

select
    api_calls.api_call_id,
    api_calls.agent_id,
    {{ attributed_work_item_id() }} as work_item_id,
    api_calls.conversation_id,
    api_calls.provider,
    api_calls.model,
    api_calls.operation,
    api_calls.service_tier,
    api_calls.started_at,
    {{ local_date('api_calls.started_at', 'calendar') }} as started_date,
    {{ as_double(seconds_between('api_calls.started_at', 'api_calls.ended_at')) }} as latency_seconds,
    api_calls.input_tokens,
    api_calls.cache_read_tokens,
    api_calls.cache_write_tokens,
    api_calls.output_tokens,
    api_calls.total_tokens,
    api_calls.status,
    api_calls.error_type,
    api_calls.request_id,
    api_calls.retry_of_api_call_id,
    api_calls.attempt_number > 1 or api_calls.retry_of_api_call_id is not null as is_retry,
    retried_calls.api_call_id is not null as was_retried,
    coalesce(api_calls.cache_read_tokens > 0, false) as is_cache_hit,
    coalesce(api_calls.reported_cost_usd, {{ as_money('api_calls.list_cost') }}) as cost,
    case
        when api_calls.reported_cost_usd is not null then 'reported'
        when api_calls.list_cost is not null then 'priced'
        else 'unpriced'
    end as cost_source,
    api_calls.has_price_row,
    api_calls.reported_cost_usd is null and api_calls.list_cost is not null and api_calls.is_standard_price
        as is_price_tier_fallback,
    {{ as_money('api_calls.cache_saving') }} as cache_saving,
    {{ attribution_kind() }} as attribution,
    api_calls.agent_version,
    api_calls.source_system
from api_calls
left join retried_calls on api_calls.api_call_id = retried_calls.api_call_id
{{ attribution_joins('api_calls') }}
left join {{ ref('int_calendar__utc_dates') }} as calendar
    on cast(api_calls.started_at as date) = calendar.utc_date
