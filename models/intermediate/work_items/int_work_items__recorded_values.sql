select
    outcome_values.value_id,
    outcome_values.work_item_id,
    {{ as_money('outcome_values.amount * rates.usd_per_unit') }} as amount,
    {{ local_date('outcome_values.recognized_at', 'calendar') }} as recognized_date
from {{ ref('int_records__outcome_values') }} as outcome_values
inner join {{ ref('stg_settings__currency_rates') }} as rates
    on {{ currency_code('outcome_values.currency') }} = rates.currency
    and {{ is_valid_on('outcome_values.recognized_at', 'rates') }}
left join {{ ref('int_calendar__utc_dates') }} as calendar
    on cast(outcome_values.recognized_at as date) = calendar.utc_date
where outcome_values.record_state = 'kept'
