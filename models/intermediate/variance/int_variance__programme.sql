with

-- unit effects are weighted with the agents' outcomes, money adds up; both in fixed point, in any order
agents as (
    select
        month,
        comparison,
        {% for effect in variance_effects() | list + ['forecast_gap'] -%}
        {{ as_money('sum(' ~ as_money('outcome_weight * ' ~ as_double(effect)) ~ ')') }} as {{ effect }},
        {{ as_money('sum(' ~ effect ~ '_usd)') }} as {{ effect }}_usd,
        {% endfor -%}
        sum({{ as_money(as_double('base_cost_per_outcome') ~ ' * ' ~ as_double('base_outcomes')) }})
            as forecast_cost,
        sum(case when base_cost_per_outcome is not null then base_outcomes end) as forecast_outcomes,
        sum(case when volume_effect_usd is not null then base_cost end) as base_cost,
        sum(case when volume_effect_usd is not null then actual_cost end) as actual_cost
    from {{ ref('int_variance__effects') }}
    group by month, comparison
),

keys as (
    select
        month,
        comparison
    from agents
    union
    select
        month,
        comparison
    from {{ ref('int_variance__programme_bases') }}
)

select
    keys.month,
    keys.comparison,
    actuals.is_complete,
    {{ as_money('bases.cost_per_outcome') }} as base_cost_per_outcome,
    {{ as_money(ratio('actuals.cost', 'actuals.completed_outcomes')) }} as actual_cost_per_outcome,
    {% for effect in variance_effects() -%}
    agents.{{ effect }},
    agents.{{ effect }}_usd,
    {% endfor -%}
    {{ as_money(
        'agents.forecast_gap + case when bases.is_own_forecast then '
        ~ ratio('agents.forecast_cost', 'agents.forecast_outcomes') ~ ' - bases.cost_per_outcome else 0 end'
    ) }} as forecast_gap,
    agents.forecast_gap_usd,
    -- money outside the compared agents: of no agent, and of agents that nothing was forecast for
    {{ as_money('actuals.cost - agents.actual_cost - coalesce(bases.cost - agents.base_cost, 0)') }}
        as mix_effect_usd,
    {{ as_money('coalesce(bases.cost, agents.base_cost)') }} as base_cost,
    actuals.cost as actual_cost
from keys
inner join {{ ref('int_variance__actuals') }} as actuals
    on keys.month = actuals.month and actuals.agent_id = 'all'
left join agents on keys.month = agents.month and keys.comparison = agents.comparison
left join {{ ref('int_variance__programme_bases') }} as bases
    on keys.month = bases.month and keys.comparison = bases.comparison
