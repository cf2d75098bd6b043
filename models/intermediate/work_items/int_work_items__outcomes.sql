with

work_items as (select * from {{ ref('int_work_items__kept') }}),

ranked_handoffs as (
    select
        work_item_id,
        handed_off_at,
        reason,
        initiated_by,
        row_number() over (partition by work_item_id order by handed_off_at, handoff_id) as handoff_number
    from {{ ref('int_work_items__handoffs') }}
    where work_item_id is not null
),

outcomes as (
    select
        work_items.*,
        first_handoffs.handed_off_at as first_handoff_at,
        first_handoffs.reason as first_handoff_reason,
        first_handoffs.initiated_by as first_handoff_initiated_by,
        case
            when work_items.status = 'excluded' then 'excluded'
            when work_items.agent_id is null then 'human_only'
            when work_items.status = 'completed' and work_items.resolved_by = 'human'
                then 'human_after_escalation'
            when first_handoffs.work_item_id is not null then
                case work_items.status
                    when 'open' then 'escalated_open'
                    when 'abandoned' then 'abandoned_after_escalation'
                    else 'ai_after_escalation'
                end
            when work_items.status = 'open' then 'in_flight'
            when work_items.status = 'abandoned' then 'abandoned'
            when work_items.resolution_evidence = 'confirmed' then 'ai_confirmed'
            else 'ai_assumed'
        end as outcome,
        least(first_handoffs.handed_off_at, work_items.closed_at) as processed_at
    from work_items
    left join ranked_handoffs as first_handoffs
        on work_items.work_item_id = first_handoffs.work_item_id and first_handoffs.handoff_number = 1
)

select
    *,
    coalesce(outcome not in ('excluded', 'human_only') and processed_at is not null, false) as is_processed,
    outcome in ('ai_confirmed', 'ai_assumed') as is_first_touch_resolved,
    outcome in ('ai_confirmed', 'ai_assumed', 'ai_after_escalation') as is_ai_outcome,
    outcome in ('ai_confirmed', 'ai_assumed', 'ai_after_escalation', 'human_after_escalation')
        as is_completed_outcome,
    outcome in (
        'escalated_open', 'human_after_escalation', 'ai_after_escalation', 'abandoned_after_escalation'
    ) as is_escalated
from outcomes
