select
    grain,
    period_start,
    agent_id,
    processed_items,
    first_touch_items,
    escalated_items,
    abandoned_items
from {{ ref('int_totals__processed_items') }}
where processed_items <> first_touch_items + escalated_items + abandoned_items
