select
    cost_date,
    agent_id,
    work_item_id,
    cost_layer,
    attribution,
    is_human_only,
    amount
from {{ ref('int_costs__lines') }}
where amount is not null
