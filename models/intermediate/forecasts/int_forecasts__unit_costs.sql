with

unit_costs as (
    select
        month,
        agent_id,
        version,
        outcomes,
        coalesce(stated_cost_per_outcome, implied_cost_per_outcome) as cost_per_outcome
    from {{ ref('int_forecasts__drivers') }}
),

-- of the agents that the data hold: another one's forecast would not meet any cost
programme as (
    select
        unit_costs.month,
        unit_costs.version,
        cast(
            sum(cast(unit_costs.cost_per_outcome * unit_costs.outcomes as {{ type_money() }}))
            as {{ type_double() }}
        )
        / nullif(cast(sum(cast(unit_costs.outcomes as {{ type_money() }})) as {{ type_double() }}), 0)
            as cost_per_outcome
    from unit_costs
    inner join {{ ref('dim_agents') }} as agents on unit_costs.agent_id = agents.agent_id
    where unit_costs.cost_per_outcome is not null and unit_costs.outcomes is not null
    group by unit_costs.month, unit_costs.version
)

select
    month,
    agent_id,
    version,
    cost_per_outcome
from unit_costs
where cost_per_outcome is not null

union all

-- the programme's forecast, where none is stated: the agents' cost over the agents' outcomes
select
    programme.month,
    'all' as agent_id,
    programme.version,
    programme.cost_per_outcome
from programme
left join unit_costs
    on programme.month = unit_costs.month
    and programme.version = unit_costs.version
    and unit_costs.agent_id = 'all'
    and unit_costs.cost_per_outcome is not null
where unit_costs.month is null and programme.cost_per_outcome is not null
