select
    reviews.started_date as cost_date,
    reviews.agent_id,
    reviews.work_item_id,
    'human_review' as cost_layer,
    reviews.attribution,
    coalesce(work_items.outcome = 'human_only', false) as is_human_only,
    {{ as_money('sum(reviews.cost)') }} as amount,
    cast(count(*) - count(reviews.cost) as bigint) as unknown_amounts
from {{ ref('int_work_items__reviews') }} as reviews
left join {{ ref('int_work_items__outcomes') }} as work_items
    on reviews.work_item_id = work_items.work_item_id
group by 1, 2, 3, 4, 5, 6
