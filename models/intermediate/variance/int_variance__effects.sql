with

pairs as (select * from {{ ref('int_variance__pairs') }}),

effects as (
    select
        pairs.*,
        {% for effect, factors in variance_effects().items() -%}
        {{ as_money(driver_effect(factors.unit, 'pairs')) }} as {{ effect }},
        {{ as_money(driver_effect(factors.usd, 'pairs')) }} as {{ effect }}_usd{{ ',' if not loop.last }}
        {% endfor %}
    from pairs
),

-- either every driver is known on both sides, or nothing is explained
judged as (
    select
        *,
        {{ variance_effects() | join(' + ') }} is not null as is_explained,
        {{ variance_effects() | join('_usd + ') }}_usd is not null as is_explained_usd
    from effects
)

select
    month,
    agent_id,
    comparison,
    is_complete,
    outcome_weight,
    base_outcomes,
    {{ as_money('base_cost_per_outcome') }} as base_cost_per_outcome,
    {{ as_money('actual_cost_per_outcome') }} as actual_cost_per_outcome,
    {% for effect in variance_effects() -%}
    {{ as_money('case when is_explained then ' ~ effect ~ ' end') }} as {{ effect }},
    {% endfor -%}
    {{ as_money('case when is_explained then base_implied_cost_per_outcome - base_cost_per_outcome end') }}
        as forecast_gap,
    {{ as_money('base_cost') }} as base_cost,
    {{ as_money('actual_cost') }} as actual_cost,
    {% for effect in variance_effects() -%}
    {{ as_money('case when is_explained_usd then ' ~ effect ~ '_usd end') }} as {{ effect }}_usd,
    {% endfor -%}
    {{ as_money('case when is_explained_usd then base_implied_cost - base_cost end') }} as forecast_gap_usd
from judged
