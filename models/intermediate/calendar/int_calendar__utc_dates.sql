with

event_dates as (select * from {{ ref('int_calendar__event_dates') }}),

midnights as (
    select
        utc_date,
        cast(utc_date as timestamp) as starts_at,
        {{ add_seconds('cast(utc_date as timestamp)', 86400) }} as ends_at,
        {{ local_time('cast(utc_date as timestamp)') }} as local_start,
        {{ local_time(add_seconds('cast(utc_date as timestamp)', 86400)) }} as local_end
    from event_dates
),

-- the zone's clock was changed on this date: look for the first quarter hour of the next local date
quarter_hours as (
    select
        utc_date,
        local_start,
        {{ explode_quarter_hours('starts_at', 'ends_at') }} as starts_at
    from midnights
    where {{ seconds_between('local_start', 'local_end') }} <> 86400
),

clock_changes as (
    select
        utc_date,
        min(starts_at) as switches_at,
        min(cast({{ local_time('starts_at') }} as date)) as local_date_after
    from quarter_hours
    where cast({{ local_time('starts_at') }} as date) > cast(local_start as date)
    group by utc_date
)

select
    midnights.utc_date,
    midnights.starts_at,
    midnights.ends_at,
    cast(midnights.local_start as date) as local_date_before,
    case
        when {{ seconds_between('midnights.local_start', 'midnights.local_end') }} <> 86400
            then clock_changes.switches_at
        else {{ add_seconds('midnights.starts_at', seconds_between(
            'midnights.local_start',
            'cast(' ~ add_periods('cast(midnights.local_start as date)', 1, 'day') ~ ' as timestamp)'
        )) }}
    end as switches_at,
    case
        when {{ seconds_between('midnights.local_start', 'midnights.local_end') }} <> 86400
            then clock_changes.local_date_after
        else cast(midnights.local_end as date)
    end as local_date_after
from midnights
left join clock_changes on midnights.utc_date = clock_changes.utc_date
