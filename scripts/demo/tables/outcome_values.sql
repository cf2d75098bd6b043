with worth as (
    select
        *,
        case when lane in (4, 7) then 'revenue' else 'cost_avoidance' end as value_type,
        case
            when lane = 4 and fate in ('ai_confirmed', 'ai_assumed') and chance(item_key, 'worth', 0.45)
                then within(item_key, 'amount', 25, 55)
            when lane in (4, 7) and fate in ('human_after', 'human_only') and chance(item_key, 'worth', 0.45)
                then within(item_key, 'amount', 25, 75)
            when lane = 3 and fate in ('ai_confirmed', 'ai_assumed') and chance(item_key, 'worth', 0.42)
                then within(item_key, 'amount', 50, 130)
            when lane = 1 and fate = 'ai_confirmed' and chance(item_key, 'worth', 0.12)
                then within(item_key, 'amount', 20, 45)
        end as amount,
        plus_seconds(closed_at, 3600 * within(item_key, 'recognized', 0, 60)) as recognized_at
    from items
    where has_item and closed_at is not null
)

select
    'value_' || item_key as value_id,
    'item_' || item_key as work_item_id,
    value_type,
    cast(amount as decimal(18, 2)) as amount,
    if(lane = 4 and chance(item_key, 'euro', 0.15), 'EUR', 'USD') as currency,
    recognized_at,
    loaded(recognized_at, item_key) as loaded_at
from worth
where amount is not null and recognized_at <= last_event()
