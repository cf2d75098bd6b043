with

-- a row without agent holds for single agents and for the programme, but rows of one use case and headcount
-- do not add up: for the programme they hold only where they name it
candidates as (
    select
        targets.metric_id,
        agents.agent_id,
        targets.target_basis,
        targets.target_low,
        targets.target_high,
        targets.alarm_low,
        targets.alarm_high,
        targets.suspicious_low,
        targets.suspicious_high,
        targets.applies_from_month,
        targets.alarm_from_month,
        row_number() over (
            partition by targets.metric_id, agents.agent_id
            order by
                case when targets.agent_id is not null then 0 else 1 end,
                case when targets.use_case is not null then 0 else 1 end
        ) as preference
    from {{ ref('stg_settings__metric_targets') }} as targets
    inner join {{ ref('int_agents__deployments') }} as agents
        on (targets.agent_id = agents.agent_id or targets.agent_id is null)
        and (
            targets.agent_id = 'all'
            or (agents.agent_id <> 'all' and (targets.use_case = agents.use_case or targets.use_case is null))
            or (targets.use_case is null and targets.metric_id <> 'headcount_equivalent_saved')
        )
)

select
    metric_id,
    agent_id,
    target_basis,
    target_low,
    target_high,
    alarm_low,
    alarm_high,
    suspicious_low,
    suspicious_high,
    applies_from_month,
    alarm_from_month
from candidates
where preference = 1
