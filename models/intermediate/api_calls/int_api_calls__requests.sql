with recursive

api_calls as (
    select
        api_call_id,
        agent_id,
        started_at,
        started_date,
        retry_of_api_call_id,
        coalesce('request ' || request_id, 'call ' || api_call_id) as call_group
    from {{ ref('fct_api_calls') }}
),

-- a retry that names a call of another group joins the two groups
links as (
    select
        retries.call_group as call_group,
        originals.call_group as linked_group
    from api_calls as retries
    inner join api_calls as originals on retries.retry_of_api_call_id = originals.api_call_id
    where retries.call_group <> originals.call_group
),

neighbours as (
    select call_group, linked_group from links
    union
    select linked_group as call_group, call_group as linked_group from links
),

reached as (
    select call_group, linked_group from neighbours
    union
    select reached.call_group, neighbours.linked_group
    from reached
    inner join neighbours on reached.linked_group = neighbours.call_group
),

-- every group of a request carries the name that sorts first
requests as (
    select
        call_group,
        min(linked_group) as request_group
    from reached
    group by call_group
),

ranked_calls as (
    select
        coalesce(requests.request_group, api_calls.call_group) as request_group,
        api_calls.agent_id,
        api_calls.started_date,
        row_number() over (
            partition by coalesce(requests.request_group, api_calls.call_group)
            order by api_calls.started_at, api_calls.api_call_id
        ) as call_number
    from api_calls
    left join requests on api_calls.call_group = requests.call_group
)

select
    request_group,
    max(case when call_number = 1 then agent_id end) as agent_id,
    max(case when call_number = 1 then started_date end) as started_date,
    cast(count(*) as bigint) as api_calls
from ranked_calls
group by request_group
