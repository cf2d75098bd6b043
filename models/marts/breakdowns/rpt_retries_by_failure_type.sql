with

retries as (
    select
        {{ period_columns() }},
        calls.retried_error_type as error_type,
        cast(sum(calls.api_calls) as bigint) as retried_calls
    from {{ ref('int_model_usage__daily') }} as calls
    {{ period_joins('calls', 'started_date') }}
    where calls.retried_error_type is not null
    group by 1, 2, 3, 4
)

select
    grain,
    period_start,
    agent_id,
    error_type,
    retried_calls,
    {{ share_pct('retried_calls') }} as share_pct
from retries
