-- Small functions of every draw. The variables seed, api_calls and parts are set before.

-- The export was taken at this moment; nothing in the data is newer.
create macro as_of() as timestamp '2026-11-12 06:00:00';

-- The last event that a loader had time to bring in.
create macro last_event() as as_of() - interval 40 minutes;

-- A number in [0, 1) that depends on nothing but the key, the name of the draw and the seed.
create macro draw(key, what) as
    (hash(xor(hash(key), hash(what || getvariable('seed')))) >> 11) / 9007199254740992.0;

create macro chance(key, what, probability) as draw(key, what) < probability;

create macro within(key, what, low, high) as low + (high - low) * draw(key, what);

create macro whole(x) as cast(floor(x) as bigint);

create macro pick(key, what, choices) as choices[1 + whole(draw(key, what) * len(choices))];

-- To the millisecond, as logs are.
create macro plus_seconds(t, seconds) as make_timestamp(epoch_us(t) + whole(seconds * 1000) * 1000);

-- The id of another row, or NULL where the source does not give it.
create macro refers(kind, key, is_given) as if(is_given, kind || '_' || key, null);

-- When the hourly loader had the row in the warehouse.
create macro loaded(t, key) as least(plus_seconds(t, within(key, 'loaded', 1200, 3300)), as_of());
