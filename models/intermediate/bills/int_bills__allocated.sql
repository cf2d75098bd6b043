with

bill_days as (select * from {{ ref('int_bills__layer_days') }}),
pieces as (select * from {{ ref('int_bills__pieces') }}),

piece_totals as (
    select
        cost_layer,
        bill_agent_id,
        cost_date,
        sum(amount) as amount
    from pieces
    group by cost_layer, bill_agent_id, cost_date
),

allocated as (
    -- what rounding leaves goes to the item whose id sorts first
    select
        pieces.cost_date,
        pieces.agent_id,
        pieces.work_item_id,
        pieces.cost_layer,
        'allocated' as attribution,
        pieces.is_human_only,
        pieces.amount
        + case when pieces.takes_residual then pieces.day_amount - piece_totals.amount else 0 end as amount
    from pieces
    inner join piece_totals
        on pieces.cost_layer = piece_totals.cost_layer
        and pieces.cost_date = piece_totals.cost_date
        and coalesce(pieces.bill_agent_id, '') = coalesce(piece_totals.bill_agent_id, '')
    union all
    select
        bill_days.cost_date,
        bill_days.agent_id,
        cast(null as {{ dbt.type_string() }}) as work_item_id,
        bill_days.cost_layer,
        'unattributed' as attribution,
        false as is_human_only,
        bill_days.amount
    from bill_days
    left join piece_totals
        on bill_days.cost_layer = piece_totals.cost_layer
        and bill_days.cost_date = piece_totals.cost_date
        and coalesce(bill_days.agent_id, '') = coalesce(piece_totals.bill_agent_id, '')
    where piece_totals.cost_layer is null
)

select
    cost_date,
    agent_id,
    work_item_id,
    cost_layer,
    attribution,
    is_human_only,
    {{ as_money('sum(amount)') }} as amount,
    cast(0 as bigint) as unknown_amounts
from allocated
group by 1, 2, 3, 4, 5, 6
