select
    cost_date,
    agent_id,
    work_item_id,
    cost_layer,
    attribution,
    is_human_only,
    amount,
    unknown_amounts
from {{ ref('int_bills__allocated') }}
where cost_layer = 'infrastructure'
