{#- From the gravest on; a rule leads to one of these. -#}
{%- set ruled_states = ['retire', 'performance_plan', 'watch'] -%}

with

fired_rules as (
    select
        agent_id,
        month,
        {% for state in ruled_states -%}
        max(case when resulting_state = '{{ state }}' then 1 else 0 end) = 1 as has_{{ state }},
        {% endfor -%}
        {{ dbt.listagg('rule_id', "', '", 'order by rule_id') }} as breached_rules
    from {{ ref('int_lifecycle__breaches') }}
    where has_fired
    group by agent_id, month
),

states as (
    select
        periods.period_start as month,
        periods.agent_id,
        fired_rules.breached_rules,
        case
            when periods.retired_date <= periods.settings_date then 'retired'
            {% for state in ruled_states -%}
            when fired_rules.has_{{ state }} then '{{ state }}'
            {% endfor -%}
            when periods.months_since_deployment <= {{ var('onboarding_months') }} then 'onboarding'
            when not periods.is_complete then 'not_rated'
            when periods.completed_outcomes < {{ var('minimum_sample') }} then 'not_rated'
            else 'performing'
        end as lifecycle_state
    from {{ ref('int_agents__periods') }} as periods
    left join fired_rules
        on periods.agent_id = fired_rules.agent_id and periods.period_start = fired_rules.month
    where periods.grain = 'month' and periods.agent_id <> 'all'
),

spells as (
    select
        *,
        {{ dbt.datediff("cast('2000-01-01' as date)", 'month', 'month') }}
        - row_number() over (partition by agent_id, lifecycle_state order by month) as spell
    from states
)

select
    month,
    agent_id,
    lifecycle_state,
    breached_rules,
    min(month) over (partition by agent_id, lifecycle_state, spell) as state_since
from spells
