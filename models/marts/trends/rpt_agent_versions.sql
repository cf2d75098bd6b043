with

sightings as (
    select
        agent_id,
        agent_version,
        started_date as seen_date,
        1 as calls,
        0 as items
    from {{ ref('fct_api_calls') }}
    union all
    select
        agent_id,
        agent_version,
        received_date as seen_date,
        0 as calls,
        1 as items
    from {{ ref('fct_work_items') }}
)

select
    agent_id,
    agent_version,
    min(seen_date) as first_seen_date,
    max(seen_date) as last_seen_date,
    cast(sum(calls) as bigint) as api_calls,
    cast(sum(items) as bigint) as work_items
from sightings
where agent_id is not null and agent_version is not null
group by agent_id, agent_version
