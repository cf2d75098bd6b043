with

conversations as (
    select
        existing_work_item_id as work_item_id,
        max(case when human_messages > 0 then 1 else 0 end) = 1 as has_human_message,
        max(case when is_returned then 1 else 0 end) = 1 as has_returned,
        max(case when counts_for_deflection and is_returned then 1 else 0 end) = 1 as has_mature_return,
        max(case when counts_for_deflection then 1 else 0 end) = 1 as has_mature_conversation
    from {{ ref('fct_conversations') }}
    where existing_work_item_id is not null
    group by existing_work_item_id
),

human_work as (
    select work_item_id from {{ ref('int_work_items__reviews') }}
    where review_type in ('escalation', 'handling') and work_item_id is not null
    group by work_item_id
),

work_items as (
    select
        work_items.*,
        human_work.work_item_id is not null or coalesce(conversations.has_human_message, false)
            as has_human_work,
        coalesce(conversations.has_returned, false) as has_returned,
        coalesce(conversations.has_mature_return, false) as has_mature_return,
        coalesce(conversations.has_mature_conversation, false) as has_mature_conversation
    from {{ ref('fct_work_items') }} as work_items
    left join conversations on work_items.work_item_id = conversations.work_item_id
    left join human_work on work_items.work_item_id = human_work.work_item_id
    where work_items.closed_at is not null
)

select
    {{ period_columns() }},
    {{ count_where('work_items.is_completed_outcome') }} as completed_outcomes,
    {{ count_where('work_items.is_completed_outcome and not work_items.has_returned') }} as kept_outcomes,
    {{ count_where('work_items.is_ai_outcome') }} as ai_outcomes,
    {{ count_where('work_items.is_first_touch_resolved') }} as resolved_items,
    {{ count_where("work_items.outcome = 'ai_confirmed'") }} as confirmed_items,
    {{ count_where('work_items.is_first_touch_resolved and work_items.has_human_work') }}
        as resolved_with_human_work,
    {{ count_where('work_items.is_first_touch_resolved and work_items.has_mature_return') }}
        as resolved_and_returned,
    {{ count_where('work_items.is_first_touch_resolved and work_items.has_mature_conversation') }}
        as resolved_with_mature_conversation,
    {{ count_where("work_items.outcome = 'human_only' and work_items.status = 'completed'") }}
        as human_items_completed,
    {{ count_where('work_items.is_value_imputed and work_items.imputed_value is null') }}
        as items_of_unknown_value,
    {{ count_where('work_items.is_value_imputed and work_items.imputed_value is not null') }}
        as items_of_imputed_value,
    {{ as_money('sum(work_items.imputed_value)') }} as imputed_value,
    percentile_cont(0.95) within group (
        order by case when work_items.is_first_touch_resolved then work_items.seconds_to_outcome end
    ) as latency_p95_seconds
from work_items
{{ period_joins('work_items', 'closed_date') }}
group by 1, 2, 3
