with

work_items as (select * from {{ ref('fct_work_items') }} where is_processed)

select
    {{ period_columns() }},
    cast(count(*) as bigint) as processed_items,
    {{ count_where('work_items.is_first_touch_resolved') }} as first_touch_items,
    {{ count_where('work_items.is_escalated') }} as escalated_items,
    {{ count_where("work_items.outcome = 'abandoned'") }} as abandoned_items,
    {{ count_where("work_items.outcome = 'escalated_open'") }} as open_escalations,
    {{ count_where('work_items.is_escalated and work_items.review_minutes is not null') }}
        as timed_escalations,
    sum(case when work_items.is_escalated then {{ as_money('work_items.review_minutes') }} end)
        as escalation_minutes,
    sum(case when work_items.is_escalated then {{ squared('work_items.review_minutes') }} end)
        as escalation_minutes_squared
from work_items
{{ period_joins('work_items', 'processed_date') }}
group by 1, 2, 3
