-- One row per customer who comes back on the same topic: most within 24 hours, some just inside or outside,
-- some days later.
create or replace table arrivals as
select
    items.item_key + 1 as item_key,
    items.lane,
    items.phase,
    case
        when chance(items.item_key, 'return_edge', 0.01) then items.closed_at + interval 24 hours
        when chance(items.item_key, 'return_edge', 0.02)
            then items.closed_at + interval 24 hours + interval 1 millisecond
        when chance(items.item_key, 'return_edge', 0.03)
            then items.closed_at + interval 24 hours - interval 1 millisecond
        else plus_seconds(items.closed_at, 3600 * case
            when chance(items.item_key, 'return_soon', 0.80)
                then 0.2 + 23.6 * pow(draw(items.item_key, 'return_delay'), 2)
            when chance(items.item_key, 'return_soon', 0.88)
                then within(items.item_key, 'return_delay', 24.1, 26)
            else within(items.item_key, 'return_delay', 26, 160)
        end)
    end as received_at,
    true as is_return,
    items.customer_id,
    list_position(lanes.topics, items.topic) as topic_number
from items
inner join phases on items.phase = phases.phase
inner join lanes on items.lane = lanes.lane
where lanes.has_conversation
    and items.closed_at is not null
    and items.fate <> 'excluded'
    and items.customer_id is not null
    and items.topic is not null
    and chance(items.item_key, 'returns', phases.returns);
