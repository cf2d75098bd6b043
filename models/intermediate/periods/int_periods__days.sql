with

local_dates as (
    select local_date_before as local_date from {{ ref('int_calendar__utc_dates') }}
    union
    select local_date_after as local_date from {{ ref('int_calendar__utc_dates') }}
    where switches_at < ends_at
),

periods as (
    {% for grain in ['day', 'week', 'month', 'quarter'] -%}
    select
        local_date,
        '{{ grain }}' as grain,
        {{ period_start_of(grain, 'local_date') }} as period_start,
        {{ add_periods(period_start_of(grain, 'local_date'), 1, grain) }} as next_period_start
    from local_dates
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    periods.local_date,
    periods.grain,
    periods.period_start,
    periods.next_period_start,
    coalesce(periods.next_period_start <= as_of.as_of_date, false) as is_complete,
    -- the date whose settings hold for the period, and the days of it that have passed
    least({{ add_periods('periods.next_period_start', -1, 'day') }}, as_of.as_of_date) as settings_date,
    {{ dbt.datediff(
        'periods.period_start',
        'least(periods.next_period_start, ' ~ add_periods('as_of.as_of_date', 1, 'day') ~ ')',
        'day'
    ) }} as elapsed_days
from periods
cross join {{ ref('int_calendar__as_of') }} as as_of
