with

judged as (
    select
        rules.rule_id,
        rules.resulting_state,
        rules.bound_side,
        rules.consecutive_months,
        metric_values.agent_id,
        metric_values.period_start as month,
        metric_values.value,
        metric_values.ci_low,
        metric_values.ci_high,
        metric_values.has_interval,
        metric_values.sample_size,
        case
            when rules.bound_basis = 'pct_of_baseline'
                then rules.bound * metric_values.baseline_cost_per_outcome / 100
            else rules.bound
        end as bound
    from {{ ref('stg_settings__retirement_rules') }} as rules
    inner join {{ ref('int_agents__deployments') }} as agents
        on (rules.agent_id = agents.agent_id or rules.agent_id is null)
        and (rules.use_case = agents.use_case or rules.use_case is null)
    inner join {{ ref('int_trends__values') }} as metric_values
        on rules.metric_id = metric_values.metric_id and agents.agent_id = metric_values.agent_id
    where
        metric_values.grain = 'month'
        and metric_values.agent_id <> 'all'
        and metric_values.is_complete
        and (metric_values.months_since_deployment >= rules.from_month or rules.from_month is null)
),

breaches as (
    select
        rule_id,
        resulting_state,
        consecutive_months,
        agent_id,
        month,
        {{ dbt.datediff("cast('2000-01-01' as date)", 'month', 'month') }}
        - row_number() over (partition by rule_id, agent_id order by month) as streak
    from judged
    where
        (bound_side = 'above' and {{ is_significantly_beyond('above', 'bound') }})
        or (bound_side = 'below' and {{ is_significantly_beyond('below', 'bound') }})
)

-- months of one streak follow each other in the calendar: a month without a breach, or without a row, ends it
select
    rule_id,
    agent_id,
    month,
    resulting_state,
    min(month) over (partition by rule_id, agent_id, streak) as breached_since,
    row_number() over (partition by rule_id, agent_id, streak order by month) >= consecutive_months
        as has_fired
from breaches
