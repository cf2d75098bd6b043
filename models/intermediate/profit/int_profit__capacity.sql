with

human_minutes as (
    select * from {{ ref('fct_metric_values') }}
    where metric_id = 'human_minutes' and grain = 'month'
),

-- minutes avoided, less minutes added, a year, over what a full-time employee works a year
agents as (
    select
        periods.period_start as month,
        periods.agent_id,
        {{ ratio(
            '365 * (periods.completed_outcomes * settings.baseline_minutes_per_outcome - minutes.value)',
            'periods.elapsed_days * settings.fte_productive_minutes_per_year'
        ) }} as capacity_equivalent_saved
    from {{ ref('int_agents__periods') }} as periods
    inner join {{ ref('stg_settings__agent_settings') }} as settings
        on periods.agent_id = settings.agent_id
        and {{ is_valid_on('periods.settings_date', 'settings') }}
    inner join human_minutes as minutes
        on periods.period_start = minutes.period_start and periods.agent_id = minutes.agent_id
    where periods.grain = 'month' and periods.elapsed_days > 0
)

select
    month,
    agent_id,
    capacity_equivalent_saved
from agents

union all

-- the programme's human minutes hold work that no agent has to do with, so it is the sum of its agents
select
    month,
    'all' as agent_id,
    {{ as_double('sum(' ~ as_money('capacity_equivalent_saved') ~ ')') }} as capacity_equivalent_saved
from agents
group by month
