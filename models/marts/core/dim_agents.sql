with

agents as {{ kept_rows('agents') }},

seen_agents as (
    select agent_id from {{ ref('int_work_items__kept') }}
    union
    select agent_id from {{ ref('fct_api_calls') }}
    union
    select agent_id from {{ ref('int_conversations__kept') }}
    union
    select agent_id from {{ ref('int_conversations__kb_retrievals') }}
    union
    select agent_id from {{ ref('int_conversations__reply_edits') }}
    union
    select agent_id from {{ ref('int_bills__daily') }}
    union
    select agent_id from agents
)

select
    seen_agents.agent_id,
    agents.agent_name,
    agents.team,
    agents.use_case,
    agents.deployed_at,
    agents.retired_at,
    agents.agent_id is not null as is_known
from seen_agents
left join agents on seen_agents.agent_id = agents.agent_id
where seen_agents.agent_id is not null
