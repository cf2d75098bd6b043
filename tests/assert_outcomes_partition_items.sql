with

received as {{ kept_rows('work_items') }},

outcomes as (
    select
        work_item_id,
        count(*) as outcomes
    from {{ ref('fct_work_items') }}
    where outcome is not null
    group by work_item_id
)

select
    received.work_item_id as received_item,
    outcomes.work_item_id as item_with_outcome,
    outcomes.outcomes
from received
full outer join outcomes on received.work_item_id = outcomes.work_item_id
where received.work_item_id is null or outcomes.outcomes is null or outcomes.outcomes <> 1
