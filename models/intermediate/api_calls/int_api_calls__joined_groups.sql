with recursive

api_calls as (
    select
        api_call_id,
        retry_of_api_call_id,
        {{ call_group() }} as call_group
    from {{ ref('fct_api_calls') }}
),

-- a retry that names a call of another group joins the two groups
links as (
    select
        retries.call_group,
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
)

-- every group of a request carries the name that sorts first
select
    call_group,
    min(linked_group) as request_group
from reached
group by call_group
