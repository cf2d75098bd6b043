{%- set drivers = [
    'processed_items', 'fixed_cost', 'api_cost_per_item', 'escalation_rate', 'review_cost_per_escalation',
] -%}

with

actuals as (select * from {{ ref('int_variance__actuals') }}),

programme as (
    select * from actuals
    where agent_id = 'all'
),

bases as (
    select * from {{ ref('int_variance__bases') }}
    where agent_id <> 'all'
),

-- an agent that begins or stops is compared with nothing, so that the money of all agents adds up
keys as (
    select
        month,
        agent_id,
        comparison
    from bases
    union
    select
        actuals.month,
        actuals.agent_id,
        'previous_month' as comparison
    from actuals
    inner join programme as previous_programme
        on actuals.month = {{ add_periods('previous_programme.month', 1, 'month') }}
    where actuals.agent_id <> 'all'
),

pairs as (
    select
        keys.month,
        keys.agent_id,
        keys.comparison,
        programme.is_complete,
        {% for column in ['cost', 'implied_cost'] -%}
        {{ as_money('case when bases.month is null then 0 else bases.' ~ column ~ ' end') }}
            as base_{{ column }},
        {% endfor -%}
        {{ as_money('case when actuals.month is null then 0 else actuals.cost end') }} as actual_cost,
        coalesce(actuals.completed_outcomes, 0) as actual_outcomes,
        {{ as_money('case when bases.month is null then 0 else bases.outcomes end') }} as base_outcomes,
        programme.completed_outcomes as programme_outcomes,
        bases.cost_per_outcome as base_cost_per_outcome,
        bases.implied_cost_per_outcome as base_implied_cost_per_outcome,
        {{ ratio('actuals.cost', 'actuals.completed_outcomes') }} as actual_cost_per_outcome,
        {% for driver in drivers -%}
        case when bases.month is null then 0 else bases.{{ driver }} end as base_{{ driver }},
        case when actuals.month is null then 0 else actuals.{{ driver }} end as actual_{{ driver }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from keys
    inner join programme on keys.month = programme.month
    left join bases
        on keys.month = bases.month and keys.agent_id = bases.agent_id and keys.comparison = bases.comparison
    left join actuals on keys.month = actuals.month and keys.agent_id = actuals.agent_id
)

select
    *,
    {% for side in ['base', 'actual'] -%}
    {{ ratio('1', side ~ '_processed_items') }} as {{ side }}_items_inverse,
    {{ ratio('nullif(' ~ side ~ '_processed_items, 0)', side ~ '_outcomes') }}
        as {{ side }}_items_per_outcome,
    {% endfor -%}
    -- how much of the programme's outcomes the agent has, as the mean of both sides
    ({{ ratio('base_outcomes', 'sum(base_outcomes) over (partition by month, comparison)') }}
    + {{ ratio('actual_outcomes', 'programme_outcomes') }}) / 2 as outcome_weight
from pairs
