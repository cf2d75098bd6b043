with

periods as (
    select
        *,
        -- dates that have passed since the month began or, if that was later, the agent was deployed
        elapsed_days
        - greatest(coalesce({{ dbt.datediff('period_start', 'deployed_date', 'day') }}, 0), 0) as days_at_work
    from {{ ref('int_agents__periods') }}
    where grain = 'month'
),

productivity as (
    select
        periods.*,
        kpis.completed_outcomes as known_outcomes,
        kpis.cost_per_outcome,
        kpis.first_touch_resolution_rate,
        kpis.escalation_rate,
        kpis.csat_delta,
        kpis.headcount_equivalent_saved,
        kpis.missing_cost_layers,
        {{ ratio('kpis.completed_outcomes', 'greatest(periods.days_at_work, 0)') }} as outcomes_per_day
    from periods
    left join {{ ref('fct_agent_kpis') }} as kpis
        on periods.grain = kpis.grain
        and periods.period_start = kpis.period_start
        and periods.agent_id = kpis.agent_id
)

select
    months.month,
    months.agent_id,
    productivity.months_since_deployment,
    cast(productivity.known_outcomes as bigint) as completed_outcomes,
    months.recorded_value,
    months.imputed_value,
    months.total_value,
    {% for layer in cost_layers() -%}
    months.{{ layer }}_cost,
    {% endfor -%}
    months.total_cost,
    months.margin,
    100 * {{ ratio('months.margin', 'months.total_value') }} as margin_pct,
    cumulative.cumulative_margin,
    productivity.cost_per_outcome,
    {{ as_money('productivity.baseline_cost_per_outcome') }} as baseline_cost_per_outcome,
    100 * {{ ratio('productivity.cost_per_outcome', 'productivity.baseline_cost_per_outcome') }}
        as cost_vs_baseline_pct,
    productivity.outcomes_per_day,
    productivity.productivity_target_per_day,
    100 * {{ ratio('productivity.outcomes_per_day', 'productivity.productivity_target_per_day') }}
        as productivity_attainment_pct,
    productivity.first_touch_resolution_rate,
    productivity.escalation_rate,
    productivity.csat_delta,
    productivity.headcount_equivalent_saved,
    capacity.capacity_equivalent_saved,
    cumulative.implementation_cost,
    cumulative.payback_month,
    states.lifecycle_state,
    states.breached_rules,
    states.state_since,
    productivity.missing_cost_layers,
    months.is_complete
from {{ ref('int_profit__months') }} as months
inner join productivity
    on months.month = productivity.period_start and months.agent_id = productivity.agent_id
inner join {{ ref('int_profit__cumulative') }} as cumulative
    on months.month = cumulative.month and months.agent_id = cumulative.agent_id
left join {{ ref('int_profit__capacity') }} as capacity
    on months.month = capacity.month and months.agent_id = capacity.agent_id
left join {{ ref('int_lifecycle__states') }} as states
    on months.month = states.month and months.agent_id = states.agent_id
