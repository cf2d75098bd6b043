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

programme as (
    select
        month,
        version,
        cast(sum(cast(cost_per_outcome * outcomes as {{ type_money() }})) as {{ type_double() }})
        / nullif(cast(sum(cast(outcomes as {{ type_money() }})) as {{ type_double() }}), 0) as cost_per_outcome
    from unit_costs
    where agent_id <> 'all' and cost_per_outcome is not null and outcomes is not null
    group by month, version
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
