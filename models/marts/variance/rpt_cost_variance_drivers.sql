{%- set effects = variance_effects() | list -%}
{%- set parts = effects + ['forecast_gap', 'mix_effect'] -%}

with

agents as (select * from {{ ref('int_variance__effects') }}),

programme as (select * from {{ ref('int_variance__programme') }}),

variances as (
    select
        month,
        agent_id,
        comparison,
        is_complete,
        base_cost_per_outcome,
        actual_cost_per_outcome,
        base_cost,
        actual_cost,
        {% for effect in effects + ['forecast_gap'] -%}
        {{ effect }},
        {{ effect }}_usd,
        {% endfor -%}
        case when volume_effect is not null then 0 end as mix_effect,
        case when volume_effect_usd is not null then 0 end as mix_effect_usd
    from agents
    union all
    select
        month,
        'all' as agent_id,
        comparison,
        is_complete,
        base_cost_per_outcome,
        actual_cost_per_outcome,
        base_cost,
        actual_cost,
        {% for effect in effects + ['forecast_gap'] -%}
        {{ effect }},
        {{ effect }}_usd,
        {% endfor -%}
        -- what the change of the agents themselves leaves is the change of their mix
        actual_cost_per_outcome - base_cost_per_outcome - ({{ effects | join(' + ') }} + forecast_gap)
            as mix_effect,
        mix_effect_usd
    from programme
)

select
    month,
    agent_id,
    comparison,
    base_cost_per_outcome,
    actual_cost_per_outcome,
    {{ as_money('actual_cost_per_outcome - base_cost_per_outcome') }} as total_variance,
    {% for part in parts -%}
    {{ as_money(part) }} as {{ part }},
    {% endfor -%}
    {{ as_money('actual_cost_per_outcome - base_cost_per_outcome - (' ~ parts | join(' + ') ~ ')') }}
        as residual,
    base_cost as base_cost_usd,
    actual_cost as actual_cost_usd,
    {{ as_money('actual_cost - base_cost') }} as total_variance_usd,
    {% for part in parts -%}
    {{ as_money(part ~ '_usd') }} as {{ part }}_usd,
    {% endfor -%}
    {{ as_money('actual_cost - base_cost - (' ~ parts | join('_usd + ') ~ '_usd)') }} as residual_usd,
    is_complete
from variances
