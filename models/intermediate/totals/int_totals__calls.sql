with

-- by day first, so that the calls themselves are read once and not once per grain
daily as (
    select
        started_date,
        agent_id,
        count(*) as api_calls,
        {{ count_where("status = 'error' and was_retried") }} as retried_calls,
        {{ count_where("operation = 'chat'") }} as chat_calls,
        {{ count_where("operation = 'chat' and cache_read_tokens is not null") }} as cache_reporting_calls,
        {{ count_where("operation = 'chat' and is_cache_hit") }} as cache_hit_calls,
        {{ count_where("cost_source <> 'unpriced'") }} as priced_calls,
        sum(total_tokens) as total_tokens,
        sum(cache_read_tokens) as cache_read_tokens,
        sum(
            case when cache_read_tokens is not null
                then coalesce(input_tokens, 0) + cache_read_tokens + coalesce(cache_write_tokens, 0)
            end
        ) as cacheable_tokens,
        sum(cache_saving) as cache_saving
    from {{ ref('fct_api_calls') }}
    group by started_date, agent_id
)

select
    {{ period_columns() }},
    cast(sum(daily.api_calls) as bigint) as api_calls,
    cast(sum(daily.retried_calls) as bigint) as retried_calls,
    cast(sum(daily.chat_calls) as bigint) as chat_calls,
    cast(sum(daily.cache_reporting_calls) as bigint) as cache_reporting_calls,
    cast(sum(daily.cache_hit_calls) as bigint) as cache_hit_calls,
    cast(sum(daily.priced_calls) as bigint) as priced_calls,
    -- NULL where calls were made and none of them reports it
    cast(sum(daily.total_tokens) as bigint) as total_tokens,
    cast(sum(daily.cache_read_tokens) as bigint) as cache_read_tokens,
    cast(sum(daily.cacheable_tokens) as bigint) as cacheable_tokens,
    {{ as_money('sum(daily.cache_saving)') }} as cache_saving
from daily
{{ period_joins('daily', 'started_date') }}
group by 1, 2, 3
