with

recorded as (
    select
        work_item_id,
        sum(amount) as recorded_value
    from {{ ref('int_work_items__recorded_values') }}
    group by work_item_id
)

select
    work_items.work_item_id,
    {{ as_money('coalesce(recorded.recorded_value, 0)') }} as recorded_value,
    work_items.is_first_touch_resolved and recorded.work_item_id is null as is_value_imputed,
    -- an item that the AI resolved and for which nobody recorded a value avoided its agent's baseline cost
    {{ as_money(
        "case when work_items.is_first_touch_resolved and recorded.work_item_id is null then "
        ~ ("settings.baseline_cost_per_outcome" if var('impute_cost_avoidance') else "0")
        ~ " else 0 end"
    ) }} as imputed_value
from {{ ref('int_work_items__dated') }} as work_items
left join recorded on work_items.work_item_id = recorded.work_item_id
left join {{ ref('stg_settings__agent_settings') }} as settings
    on work_items.agent_id = settings.agent_id
    and {{ is_valid_on('work_items.closed_date', 'settings') }}
