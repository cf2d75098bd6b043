with

daily as (
    select
        started_date,
        agent_id,
        count(*) as logical_requests,
        {{ count_where('api_calls > 1') }} as requests_with_retry
    from {{ ref('int_api_calls__requests') }}
    group by started_date, agent_id
)

select
    {{ period_columns() }},
    cast(sum(daily.logical_requests) as bigint) as logical_requests,
    cast(sum(daily.requests_with_retry) as bigint) as requests_with_retry
from daily
{{ period_joins('daily', 'started_date') }}
group by 1, 2, 3
