with

bill_days as (select * from {{ ref('int_bills__layer_days') }}),
drivers as (select * from {{ ref('int_bills__drivers') }}),

-- a bill tagged to an agent goes only to that agent's items
day_items as (
    select
        bill_days.cost_layer,
        bill_days.agent_id as bill_agent_id,
        bill_days.cost_date,
        bill_days.amount as day_amount,
        drivers.work_item_id,
        drivers.agent_id,
        drivers.is_human_only,
        drivers.quantity
    from bill_days
    inner join drivers
        on bill_days.driver = drivers.driver
        and bill_days.cost_date = drivers.cost_date
        and (bill_days.agent_id is null or bill_days.agent_id = drivers.agent_id)
),

day_totals as (
    select
        cost_layer,
        bill_agent_id,
        cost_date,
        sum(quantity) as quantity,
        min(work_item_id) as first_work_item_id
    from day_items
    group by cost_layer, bill_agent_id, cost_date
)

select
    day_items.cost_layer,
    day_items.bill_agent_id,
    day_items.cost_date,
    day_items.day_amount,
    day_items.work_item_id,
    day_items.agent_id,
    day_items.is_human_only,
    day_items.work_item_id = day_totals.first_work_item_id as takes_residual,
    {{ as_money(
        as_double('day_items.quantity') ~ ' * ('
        ~ as_double('day_items.day_amount') ~ ' / ' ~ as_double('day_totals.quantity') ~ ')'
    ) }} as amount
from day_items
inner join day_totals
    on day_items.cost_layer = day_totals.cost_layer
    and day_items.cost_date = day_totals.cost_date
    and coalesce(day_items.bill_agent_id, '') = coalesce(day_totals.bill_agent_id, '')
