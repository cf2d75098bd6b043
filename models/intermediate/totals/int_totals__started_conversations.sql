with

conversations as (select * from {{ ref('fct_conversations') }})

select
    {{ period_columns() }},
    cast(count(*) as bigint) as started_conversations,
    {{ count_where('conversations.is_ai_touched') }} as touched_conversations,
    cast(count(conversations.first_response_seconds) as bigint) as first_responses,
    sum({{ as_money('conversations.first_response_seconds') }}) as first_response_seconds,
    sum({{ squared('conversations.first_response_seconds') }}) as first_response_seconds_squared,
    percentile_cont(0.5) within group (order by conversations.first_response_seconds)
        as first_response_median_seconds,
    percentile_cont(0.95) within group (order by conversations.first_response_seconds)
        as first_response_p95_seconds
from conversations
{{ period_joins('conversations', 'started_date') }}
group by 1, 2, 3
