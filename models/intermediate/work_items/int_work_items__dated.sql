select
    work_items.*,
    {{ local_date('work_items.received_at', 'received_calendar') }} as received_date,
    {{ local_date('work_items.processed_at', 'processed_calendar') }} as processed_date,
    {{ local_date('work_items.closed_at', 'closed_calendar') }} as closed_date
from {{ ref('int_work_items__outcomes') }} as work_items
left join {{ ref('int_calendar__utc_dates') }} as received_calendar
    on cast(work_items.received_at as date) = received_calendar.utc_date
left join {{ ref('int_calendar__utc_dates') }} as processed_calendar
    on cast(work_items.processed_at as date) = processed_calendar.utc_date
left join {{ ref('int_calendar__utc_dates') }} as closed_calendar
    on cast(work_items.closed_at as date) = closed_calendar.utc_date
