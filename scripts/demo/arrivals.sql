-- One row per new piece of work of this part of the calendar. Keys are even: a return gets the odd key after.
create or replace table arrivals as
with numbered as (
    select
        *,
        unnest(range(2 * first_item, 2 * (first_item + items), 2)) as item_key
    from cells
    where part = getvariable('part')
),

timed as (
    select
        *,
        plus_seconds(cast(day as timestamp), 3600 * case
            when day = cast(as_of() as date) then within(item_key, 'hour', 0, 5.2)
            when chance(item_key, 'at_night', 0.15) then within(item_key, 'hour', 0, 24)
            else 7 + 6.5 * (draw(item_key, 'hour') + draw(item_key, 'hour_too'))
        end) as received_at
    from numbered
)

select
    timed.item_key,
    timed.lane,
    timed.phase,
    timed.received_at,
    false as is_return,
    'cust_' || (10000 + whole(draw(timed.item_key, 'customer') * greatest(300, timed.all_items // 2)))
        as customer_id,
    1 + whole(draw(timed.item_key, 'topic') * len(lanes.topics)) as topic_number
from timed
inner join lanes on timed.lane = lanes.lane;
