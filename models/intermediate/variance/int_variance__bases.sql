with

forecasts as (
    select
        drivers.*,
        drivers.fixed_cost
        + drivers.processed_items * drivers.api_cost_per_item
        + drivers.processed_items * drivers.escalation_rate * drivers.review_cost_per_escalation
            as implied_cost
    from {{ ref('int_forecasts__drivers') }} as drivers
    inner join {{ ref('dim_agents') }} as agents on drivers.agent_id = agents.agent_id
)

select
    {{ add_periods('month', 1, 'month') }} as month,
    agent_id,
    'previous_month' as comparison,
    {{ as_money('completed_outcomes') }} as outcomes,
    cost,
    cost as implied_cost,
    {{ ratio('cost', 'completed_outcomes') }} as cost_per_outcome,
    {{ ratio('cost', 'completed_outcomes') }} as implied_cost_per_outcome,
    processed_items,
    fixed_cost,
    api_cost_per_item,
    escalation_rate,
    review_cost_per_escalation
from {{ ref('int_variance__actuals') }}

union all

-- the unit cost may be stated beside the drivers, and then differ from what they imply
select
    month,
    agent_id,
    case when version = 'original' then 'forecast' else version end as comparison,
    {{ as_money('outcomes') }} as outcomes,
    {{ as_money('coalesce(stated_cost_per_outcome * outcomes, implied_cost)') }} as cost,
    {{ as_money('implied_cost') }} as implied_cost,
    coalesce(stated_cost_per_outcome, implied_cost_per_outcome) as cost_per_outcome,
    implied_cost_per_outcome,
    processed_items,
    fixed_cost,
    api_cost_per_item,
    escalation_rate,
    review_cost_per_escalation
from forecasts
