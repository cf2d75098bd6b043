{%- set systems = staged_by('infra_costs', ['native', 'openai', 'anthropic', 'focus']) -%}

with

checked_rows as (
    {{ checked_rows('infra_costs', systems, {
        'ends_before_start': 'charge_end <= charge_start', 'unknown_currency': has_no_rate('charge_start'),
    }) }}
)

select
    cost_id,
    cost_layer,
    vendor,
    service,
    charge_start,
    charge_end,
    amount,
    currency,
    agent_id,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('infra_costs', systems) }} as record_state
from checked_rows
