with

agent_months as (
    select
        actuals.*,
        periods.settings_date,
        row_number() over (partition by actuals.agent_id order by actuals.month desc) as month_number
    from {{ ref('int_variance__actuals') }} as actuals
    inner join {{ ref('int_agents__periods') }} as periods
        on actuals.month = periods.period_start
        and actuals.agent_id = periods.agent_id
        and periods.grain = 'month'
    where actuals.agent_id <> 'all' and actuals.is_complete and actuals.processed_items > 0
)

select
    'last_month_of_' || last_months.agent_id as scenario_id,
    last_months.agent_id,
    last_months.month as based_on_month,
    last_months.processed_items as items_per_month,
    100 * {{ ratio('last_months.completed_outcomes', 'last_months.processed_items') }} as completion_rate,
    100 * last_months.escalation_rate as escalation_rate,
    {{ as_money('last_months.api_cost_per_item') }} as api_cost_per_item,
    {{ as_money('last_months.review_cost_per_escalation') }} as review_cost_per_escalation,
    {{ as_money('last_months.fixed_cost') }} as fixed_cost_per_month,
    settings.baseline_cost_per_outcome,
    settings.implementation_cost,
    settings.fte_annual_cost
from agent_months as last_months
left join {{ ref('stg_settings__agent_settings') }} as settings
    on last_months.agent_id = settings.agent_id
    and {{ is_valid_on('last_months.settings_date', 'settings') }}
where last_months.month_number = 1

union all

select
    scenario_id,
    agent_id,
    cast(null as date) as based_on_month,
    items_per_month,
    completion_rate,
    escalation_rate,
    api_cost_per_item,
    review_cost_per_escalation,
    fixed_cost_per_month,
    baseline_cost_per_outcome,
    implementation_cost,
    fte_annual_cost
from {{ ref('stg_settings__roi_scenarios') }}
