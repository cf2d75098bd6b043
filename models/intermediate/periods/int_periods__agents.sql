select
    agent_id as member_agent_id,
    agent_id
from {{ ref('dim_agents') }}

union all

select
    agent_id as member_agent_id,
    'all' as agent_id
from {{ ref('dim_agents') }}

union all

-- rows of no agent count for the programme
select
    '' as member_agent_id,
    'all' as agent_id
