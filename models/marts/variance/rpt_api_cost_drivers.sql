{%- set effects = [] -%}
{%- for factor in api_cost_factors() + ['other_api_cost'] -%}
    {%- do effects.append(factor ~ '_effect') -%}
{%- endfor -%}

with

variances as (
    select * from {{ ref('rpt_cost_variance_drivers') }}
    where comparison = 'previous_month'
),

api_actuals as (select * from {{ ref('int_variance__api_actuals') }}),

effects as (
    select
        month,
        agent_id,
        {% for effect in effects -%}
        {{ effect }},
        {{ effect }}_usd{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_variance__api_effects') }}
    union all
    select
        month,
        'all' as agent_id,
        {% for effect in effects -%}
        {{ as_money('sum(' ~ as_money('outcome_weight * ' ~ as_double(effect)) ~ ')') }} as {{ effect }},
        {{ as_money('sum(' ~ effect ~ '_usd)') }} as {{ effect }}_usd{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_variance__api_effects') }}
    group by month
)

select
    variances.month,
    variances.agent_id,
    variances.comparison,
    {% for factor in api_cost_factors() -%}
    bases.{{ factor }} as base_{{ factor }},
    actuals.{{ factor }} as actual_{{ factor }},
    {% endfor -%}
    variances.api_cost_effect,
    {% for effect in effects -%}
    effects.{{ effect }},
    {% endfor -%}
    {{ as_money('variances.api_cost_effect - (effects.' ~ effects | join(' + effects.') ~ ')') }} as residual,
    variances.api_cost_effect_usd,
    {% for effect in effects -%}
    effects.{{ effect }}_usd,
    {% endfor -%}
    {{ as_money('variances.api_cost_effect_usd - (effects.' ~ effects | join('_usd + effects.') ~ '_usd)') }}
        as residual_usd,
    variances.is_complete
from variances
left join effects on variances.month = effects.month and variances.agent_id = effects.agent_id
left join api_actuals as bases
    on variances.month = {{ add_periods('bases.month', 1, 'month') }} and variances.agent_id = bases.agent_id
left join api_actuals as actuals on variances.month = actuals.month and variances.agent_id = actuals.agent_id
