{%- set drivers = {
    'processed_items': 1, 'completion_rate': 100, 'escalation_rate': 100, 'api_cost_per_item': 1,
    'review_cost_per_escalation': 1, 'fixed_cost': 1,
} -%}

with

stated as (
    select
        month,
        agent_id,
        version,
        max(case when metric_id = 'cost_per_outcome' then value end) as stated_cost_per_outcome,
        {% for driver, divisor in drivers.items() -%}
        max(case when metric_id = '{{ driver }}' then value end){{ ' / 100' if divisor == 100 }}
            as {{ driver }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('stg_settings__forecasts') }}
    group by month, agent_id, version
)

-- u = (F/N + a + e·h) / q
select
    *,
    processed_items * completion_rate as outcomes,
    (
        {{ ratio('fixed_cost', 'processed_items') }}
        + api_cost_per_item + escalation_rate * review_cost_per_escalation
    ) / nullif(completion_rate, 0) as implied_cost_per_outcome
from stated
