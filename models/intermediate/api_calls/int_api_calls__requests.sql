with

grouped_calls as (
    select
        coalesce(joined_groups.request_group, {{ call_group('api_calls.') }}) as request_group,
        api_calls.api_call_id,
        api_calls.agent_id,
        api_calls.started_at,
        api_calls.started_date
    from {{ ref('fct_api_calls') }} as api_calls
    left join {{ ref('int_api_calls__joined_groups') }} as joined_groups
        on {{ call_group('api_calls.') }} = joined_groups.call_group
),

requests as (
    select
        request_group,
        min(agent_id) as agent_id,
        max(agent_id) as other_agent_id,
        -- local dates never go back, so the first call's date is the smallest
        min(started_date) as started_date,
        cast(count(*) as bigint) as api_calls
    from grouped_calls
    group by request_group
),

-- only requests that several agents share have to be put in order
ranked_calls as (
    select
        grouped_calls.request_group,
        grouped_calls.agent_id,
        row_number() over (
            partition by grouped_calls.request_group
            order by grouped_calls.started_at, grouped_calls.api_call_id
        ) as call_number
    from grouped_calls
    inner join requests on grouped_calls.request_group = requests.request_group
    where requests.agent_id <> requests.other_agent_id
)

select
    requests.request_group,
    coalesce(ranked_calls.agent_id, requests.agent_id) as agent_id,
    requests.started_date,
    requests.api_calls
from requests
left join ranked_calls on requests.request_group = ranked_calls.request_group and ranked_calls.call_number = 1
