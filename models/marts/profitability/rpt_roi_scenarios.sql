with

scenarios as (
    select
        *,
        items_per_month * completion_rate / 100 as outcomes_per_month,
        {{ as_double('api_cost_per_item') }} as api_cost,
        escalation_rate / 100 * {{ as_double('review_cost_per_escalation') }} as review_cost,
        {{ as_double('fixed_cost_per_month') }} as fixed_cost,
        completion_rate / 100 * {{ as_double('baseline_cost_per_outcome') }} as baseline_cost
    from {{ ref('int_profit__scenarios') }}
),

results as (
    select
        *,
        {{ ratio('items_per_month * api_cost', 'outcomes_per_month') }} as api_cost_per_outcome,
        {{ ratio('items_per_month * review_cost', 'outcomes_per_month') }} as review_cost_per_outcome,
        {{ ratio('fixed_cost', 'outcomes_per_month') }} as fixed_cost_per_outcome,
        items_per_month * (api_cost + review_cost) + fixed_cost as monthly_cost,
        items_per_month * (baseline_cost - api_cost - review_cost) - fixed_cost as monthly_saving,
        -- what one more item saves before fixed cost; without that no volume breaks even
        case when baseline_cost > api_cost + review_cost then baseline_cost - api_cost - review_cost end
            as saving_per_item
    from scenarios
)

select
    scenario_id,
    agent_id,
    based_on_month,
    items_per_month,
    completion_rate,
    escalation_rate,
    api_cost_per_item,
    review_cost_per_escalation,
    fixed_cost_per_month,
    baseline_cost_per_outcome,
    implementation_cost,
    fte_annual_cost,
    outcomes_per_month,
    {{ as_money('api_cost_per_outcome') }} as api_cost_per_outcome,
    {{ as_money('review_cost_per_outcome') }} as review_cost_per_outcome,
    {{ as_money('fixed_cost_per_outcome') }} as fixed_cost_per_outcome,
    {{ as_money('api_cost_per_outcome + review_cost_per_outcome + fixed_cost_per_outcome') }}
        as cost_per_outcome,
    {{ as_money('monthly_cost') }} as monthly_cost,
    {{ as_money('monthly_saving') }} as monthly_saving,
    {{ ratio('fixed_cost', 'saving_per_item') }} as break_even_items_per_month,
    case when monthly_saving > 0 then {{ ratio('implementation_cost', 'monthly_saving') }} end
        as payback_months,
    100 * {{ ratio('12 * monthly_saving - implementation_cost', 'implementation_cost') }}
        as roi_12_months_pct,
    {{ ratio('12 * monthly_saving', 'fte_annual_cost') }} as headcount_equivalent
from results
