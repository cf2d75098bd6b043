with

months as (
    select
        period_start as month,
        settings_date
    from {{ ref('int_agents__periods') }}
    where grain = 'month' and agent_id = 'all'
),

-- once spent it stays spent, whether or not the agent has any activity in the month
agents as (
    select
        months.month,
        deployments.agent_id,
        settings.implementation_cost
    from months
    inner join {{ ref('int_agents__deployments') }} as deployments
        on months.month >= deployments.deployment_month
    inner join {{ ref('stg_settings__agent_settings') }} as settings
        on deployments.agent_id = settings.agent_id
        and {{ is_valid_on('months.settings_date', 'settings') }}
    where settings.implementation_cost is not null
)

select
    month,
    agent_id,
    implementation_cost
from agents

union all

select
    month,
    'all' as agent_id,
    {{ as_money('sum(implementation_cost)') }} as implementation_cost
from agents
group by month
