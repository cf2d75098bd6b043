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
    source_system
from {{ raw_table('raw', 'infra_costs') }} as raw_rows
