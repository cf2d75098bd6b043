with

recorded_values as (
    select
        recorded_values.recognized_date,
        work_items.agent_id,
        recorded_values.amount
    from {{ ref('int_work_items__recorded_values') }} as recorded_values
    inner join {{ ref('int_work_items__outcomes') }} as work_items
        on recorded_values.work_item_id = work_items.work_item_id
    where work_items.is_first_touch_resolved
)

select
    {{ period_columns() }},
    cast(count(*) as bigint) as recorded_values,
    {{ as_money('sum(recorded_values.amount)') }} as recorded_value
from recorded_values
{{ period_joins('recorded_values', 'recognized_date') }}
group by 1, 2, 3
