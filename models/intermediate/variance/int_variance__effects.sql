with

pairs as (select * from {{ ref('int_variance__pairs') }}),

effects as (
    select
        pairs.*,
        {% for effect, factors in variance_effects().items() -%}
        {{ driver_effect(factors.unit, 'pairs') }} as {{ effect }},
        {{ as_money(driver_effect(factors.usd, 'pairs')) }} as {{ effect }}_usd{{ ',' if not loop.last }}
        {% endfor %}
    from pairs
)

select
    month,
    agent_id,
    comparison,
    is_complete,
    outcome_weight,
    base_outcomes,
    base_cost_per_outcome,
    actual_cost_per_outcome,
    {% for effect in variance_effects() -%}
    {{ effect }},
    {% endfor -%}
    case when volume_effect is not null then base_implied_cost_per_outcome - base_cost_per_outcome end as forecast_gap,
    {{ as_money('base_cost') }} as base_cost,
    {{ as_money('actual_cost') }} as actual_cost,
    {% for effect in variance_effects() -%}
    case when volume_effect_usd is not null then {{ effect }}_usd end as {{ effect }}_usd,
    {% endfor -%}
    {{ as_money('case when volume_effect_usd is not null then base_implied_cost - base_cost end') }} as forecast_gap_usd
from effects
