with

first_months as (
    select
        agent_id,
        min({{ period_start_of('month', 'received_date') }}) as first_month
    from {{ ref('fct_work_items') }}
    where agent_id is not null
    group by agent_id
    union all
    select
        agent_id,
        min(period_start) as first_month
    from {{ ref('int_totals__calls') }}
    where grain = 'month' and agent_id <> 'all'
    group by agent_id
),

first_activity as (
    select
        agent_id,
        min(first_month) as first_month
    from first_months
    group by agent_id
),

agents as (
    select
        agents.agent_id,
        agents.use_case,
        {{ local_date('agents.deployed_at', 'deployed_calendar') }} as deployed_date,
        {{ local_date('agents.retired_at', 'retired_calendar') }} as retired_date,
        first_activity.first_month
    from {{ ref('dim_agents') }} as agents
    left join first_activity on agents.agent_id = first_activity.agent_id
    left join {{ ref('int_calendar__utc_dates') }} as deployed_calendar
        on cast(agents.deployed_at as date) = deployed_calendar.utc_date
    left join {{ ref('int_calendar__utc_dates') }} as retired_calendar
        on cast(agents.retired_at as date) = retired_calendar.utc_date
)

select
    agent_id,
    use_case,
    deployed_date,
    retired_date,
    coalesce({{ period_start_of('month', 'deployed_date') }}, first_month) as deployment_month
from agents

union all

-- the programme began with its first deployment and is never retired
select
    'all' as agent_id,
    cast(null as {{ dbt.type_string() }}) as use_case,
    min(deployed_date) as deployed_date,
    cast(null as date) as retired_date,
    coalesce({{ period_start_of('month', 'min(deployed_date)') }}, min(first_month)) as deployment_month
from agents
