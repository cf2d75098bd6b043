{%- set factors = api_cost_factors() -%}

with

api_actuals as (select * from {{ ref('int_variance__api_actuals') }}),

-- an agent without activity in a month has had no calls
pairs as (
    select
        pairs.month,
        pairs.agent_id,
        pairs.outcome_weight,
        {% for factor in factors + ['other_api_cost_per_item'] -%}
        case when bases.month is null then 0 else bases.{{ factor }} end as base_{{ factor }},
        case when actuals.month is null then 0 else actuals.{{ factor }} end as actual_{{ factor }},
        {% endfor -%}
        -- what a dollar per item comes to in unit cost and in money, as for the effect that is split here
        (pairs.base_items_per_outcome + pairs.actual_items_per_outcome) / 2 as unit_multiplier,
        (pairs.base_processed_items + pairs.actual_processed_items) / 2 as usd_multiplier
    from {{ ref('int_variance__pairs') }} as pairs
    left join api_actuals as bases
        on pairs.month = {{ add_periods('bases.month', 1, 'month') }} and pairs.agent_id = bases.agent_id
    left join api_actuals as actuals on pairs.month = actuals.month and pairs.agent_id = actuals.agent_id
    where pairs.comparison = 'previous_month'
),

effects as (
    select
        pairs.*,
        {% for factor in factors -%}
        {{ shapley_effect(factor, factors | reject('equalto', factor) | list, 'pairs') }}
            as {{ factor }}_effect,
        {% endfor -%}
        pairs.actual_other_api_cost_per_item - pairs.base_other_api_cost_per_item as other_api_cost_effect
    from pairs
)

select
    month,
    agent_id,
    outcome_weight,
    {% for effect in factors + ['other_api_cost'] -%}
    {{ as_money(effect ~ '_effect * unit_multiplier') }} as {{ effect }}_effect,
    {{ as_money(effect ~ '_effect * usd_multiplier') }} as {{ effect }}_effect_usd{{ ',' if not loop.last }}
    {% endfor %}
from effects
