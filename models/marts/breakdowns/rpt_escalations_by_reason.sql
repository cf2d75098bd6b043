with

escalations as (
    select
        {{ period_columns() }},
        work_items.escalation_reason as reason,
        work_items.escalation_initiated_by as initiated_by,
        cast(count(*) as bigint) as escalations
    from {{ ref('fct_work_items') }} as work_items
    {{ period_joins('work_items', 'processed_date') }}
    where work_items.is_processed and work_items.is_escalated
    group by 1, 2, 3, 4, 5
)

select
    grain,
    period_start,
    agent_id,
    reason,
    initiated_by,
    escalations,
    {{ share_pct('escalations') }} as share_pct
from escalations
