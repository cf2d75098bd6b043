with

bills as {{ kept_rows('infra_costs') }},

utc_days as (
    select
        cost_id,
        charge_start,
        charge_end,
        cast({{ explode_days(
            "cast(cast(charge_start as date) as timestamp)", "cast(cast(charge_end as date) as timestamp)"
        ) }} as date) as utc_date
    from bills
),

-- one UTC date holds up to two local dates
local_parts as (
    select
        utc_days.cost_id,
        calendar.local_date_before as cost_date,
        greatest(utc_days.charge_start, calendar.starts_at) as starts_at,
        least(utc_days.charge_end, calendar.ends_at, calendar.switches_at) as ends_at
    from utc_days
    inner join {{ ref('int_calendar__utc_dates') }} as calendar on utc_days.utc_date = calendar.utc_date
    union all
    select
        utc_days.cost_id,
        calendar.local_date_after as cost_date,
        greatest(utc_days.charge_start, calendar.switches_at) as starts_at,
        least(utc_days.charge_end, calendar.ends_at) as ends_at
    from utc_days
    inner join {{ ref('int_calendar__utc_dates') }} as calendar
        on utc_days.utc_date = calendar.utc_date and calendar.switches_at < calendar.ends_at
)

select
    cost_id,
    cost_date,
    sum({{ seconds_between('starts_at', 'ends_at') }}) as seconds
from local_parts
where starts_at < ends_at
group by cost_id, cost_date
