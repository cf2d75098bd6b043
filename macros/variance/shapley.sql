{#
    Effect of one factor on a product of factors when all of them move from base_<factor> to actual_<factor>:
    its Shapley value, that is, what the product changes by when this factor moves, averaged over every order
    in which the factors can move. The effects of all factors sum to the change of the product,
    zeros included.

    Closed form: Δfactor × Σ over the subsets S of the other factors that have moved already,
    |S|! (n − 1 − |S|)! / n! × (actual of S) × (base of the rest).
    For two factors: Δx (y₀ + y₁) / 2. `columns` is the table the factors are read from.
#}
{% macro shapley_effect(factor, others, columns) -%}
    {%- set factorials = [1, 1, 2, 6, 24] -%}
    {%- set terms = [] -%}
    {%- for subset in range(2 ** (others | length)) -%}
        {%- set moved, product = [], [] -%}
        {%- for other in others -%}
            {%- set has_moved = (subset // (2 ** loop.index0)) % 2 == 1 -%}
            {%- if has_moved -%}{%- do moved.append(other) -%}{%- endif -%}
            {%- do product.append(columns ~ '.' ~ ('actual_' if has_moved else 'base_') ~ other) -%}
        {%- endfor -%}
        {%- set orders = factorials[moved | length] * factorials[others | length - moved | length] -%}
        {%- set weight = orders ~ ' / ' ~ factorials[others | length + 1] -%}
        {%- do terms.append((product or ['1']) | join(' * ') ~ ' * ' ~ weight) -%}
    {%- endfor -%}
    ({{ columns }}.actual_{{ factor }} - {{ columns }}.base_{{ factor }}) * ({{ terms | join(' + ') }})
{%- endmacro %}

{#
    The drivers of cost per outcome, u = F·n·r + a·r + e·h·r with n = 1 / N and r = 1 / q, and of cost,
    F + N·a + N·e·h. Per driver: the products it is a factor of, first in unit cost and then in money.
#}
{% macro variance_effects() %}
    {%- set fixed = ['fixed_cost', 'items_inverse', 'items_per_outcome'] -%}
    {%- set api = ['api_cost_per_item', 'items_per_outcome'] -%}
    {%- set review = ['escalation_rate', 'review_cost_per_escalation', 'items_per_outcome'] -%}
    {%- set api_money = ['processed_items', 'api_cost_per_item'] -%}
    {%- set review_money = ['processed_items', 'escalation_rate', 'review_cost_per_escalation'] -%}
    {{ return({
        'volume_effect': {
            'unit': ['items_inverse', [fixed]], 'usd': ['processed_items', [api_money, review_money]],
        },
        'fixed_cost_effect': {'unit': ['fixed_cost', [fixed]], 'usd': ['fixed_cost', [['fixed_cost']]]},
        'api_cost_effect': {'unit': ['api_cost_per_item', [api]], 'usd': ['api_cost_per_item', [api_money]]},
        'escalation_rate_effect': {
            'unit': ['escalation_rate', [review]], 'usd': ['escalation_rate', [review_money]],
        },
        'review_cost_effect': {
            'unit': ['review_cost_per_escalation', [review]],
            'usd': ['review_cost_per_escalation', [review_money]],
        },
        'completion_yield_effect': {'unit': ['items_per_outcome', [fixed, api, review]], 'usd': none},
    }) }}
{% endmacro %}

{# Effect of a driver on a sum of products: the sum of its effects on the products it is a factor of. #}
{% macro driver_effect(driver, columns) -%}
    {%- if driver is none -%} 0
    {%- else -%}
        {%- for product in driver[1] -%}
            {{ shapley_effect(driver[0], product | reject('equalto', driver[0]) | list, columns) }}
            {{- ' + ' if not loop.last }}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# The factors of model spend per item; a retry factor of 1.05 means that retries add 5 %. #}
{% macro api_cost_factors() %}
    {{ return(['calls_per_item', 'tokens_per_call', 'price_per_token', 'retry_factor']) }}
{% endmacro %}
