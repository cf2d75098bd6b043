with

periods as (
    select
        keys.*,
        deployments.deployed_date,
        deployments.retired_date,
        {{ dbt.datediff('deployments.deployment_month', 'keys.period_start', 'month') }} + 1
            as months_since_deployment,
        coalesce(items.completed_outcomes, 0) as completed_outcomes
    from {{ ref('int_totals__keys') }} as keys
    left join {{ ref('int_agents__deployments') }} as deployments on keys.agent_id = deployments.agent_id
    left join {{ ref('int_totals__closed_items') }} as items
        on keys.grain = items.grain
        and keys.period_start = items.period_start
        and keys.agent_id = items.agent_id
    where keys.grain in ('week', 'month')
),

settings as (
    select
        periods.grain,
        periods.period_start,
        periods.agent_id,
        periods.completed_outcomes,
        settings.baseline_cost_per_outcome,
        settings.productivity_target_per_day
    from periods
    inner join {{ ref('stg_settings__agent_settings') }} as settings
        on periods.agent_id = settings.agent_id
        and {{ is_valid_on('periods.settings_date', 'settings') }}
),

-- the programme's baseline is that of its outcomes, its productivity target the sum of its agents'
all_settings as (
    select
        grain,
        period_start,
        agent_id,
        {{ as_double('baseline_cost_per_outcome') }} as baseline_cost_per_outcome,
        productivity_target_per_day
    from settings
    union all
    select
        grain,
        period_start,
        'all' as agent_id,
        {{ ratio(
            'sum(completed_outcomes * baseline_cost_per_outcome)',
            'sum(case when baseline_cost_per_outcome is not null then completed_outcomes end)'
        ) }} as baseline_cost_per_outcome,
        sum(productivity_target_per_day) as productivity_target_per_day
    from settings
    group by grain, period_start
)

select
    periods.grain,
    periods.period_start,
    periods.agent_id,
    periods.next_period_start,
    periods.settings_date,
    cast(periods.elapsed_days as bigint) as elapsed_days,
    periods.is_complete,
    periods.deployed_date,
    periods.retired_date,
    cast(periods.months_since_deployment as bigint) as months_since_deployment,
    cast(periods.completed_outcomes as bigint) as completed_outcomes,
    all_settings.baseline_cost_per_outcome,
    {{ as_double('all_settings.productivity_target_per_day') }} as productivity_target_per_day
from periods
left join all_settings
    on periods.grain = all_settings.grain
    and periods.period_start = all_settings.period_start
    and periods.agent_id = all_settings.agent_id
