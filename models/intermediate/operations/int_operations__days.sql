with

rows_of_day as (
    select
        cast(started_at as date) as activity_date,
        agent_id,
        count(*) as rows_counted,
        sum(cost) as cost,
        sum(total_tokens) as total_tokens,
        {{ count_where("status = 'error'") }} as failed_rows,
        {{ count_where("status = 'error' and was_retried") }} as retried_rows,
        count(cost) as priced_rows,
        sum({{ seconds_between("cast(cast(started_at as date) as timestamp)", 'started_at') }})
            as seconds_of_day
    from {{ ref('fct_api_calls') }}
    group by 1, 2
    union all
    select
        cast(started_at as date) as activity_date,
        'conversations of ' || coalesce(agent_id, '') as agent_id,
        count(*) as rows_counted,
        sum({{ as_money('first_response_seconds') }}) as cost,
        0 as total_tokens,
        0 as failed_rows,
        0 as retried_rows,
        count(first_response_seconds) as priced_rows,
        sum({{ seconds_between("cast(cast(started_at as date) as timestamp)", 'started_at') }})
            as seconds_of_day
    from {{ ref('fct_conversations') }}
    group by 1, 2
)

-- sums that change whenever a row of the day does: a day that shows the same ones need not be computed again
select
    activity_date,
    {{ dbt.hash(dbt.listagg(
        "agent_id || ' ' || " ~ as_text('rows_counted')
        ~ " || ' ' || " ~ as_text('coalesce(' ~ as_money('cost') ~ ', -1)')
        ~ " || ' ' || " ~ as_text('coalesce(total_tokens, -1)') ~ " || ' ' || " ~ as_text('failed_rows')
        ~ " || ' ' || " ~ as_text('retried_rows') ~ " || ' ' || " ~ as_text('priced_rows')
        ~ " || ' ' || " ~ as_text('seconds_of_day'),
        "';'", 'order by agent_id'
    )) }} as fingerprint
from rows_of_day
group by activity_date
