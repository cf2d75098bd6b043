with

reviews as {{ kept_rows('human_reviews') }},

with_rates as (
    select
        reviews.*,
        coalesce(
            {{ as_double('reviews.active_minutes') }},
            {{ as_double(seconds_between('reviews.started_at', 'reviews.ended_at')) }} / 60
        ) as minutes,
        coalesce(role_rates.hourly_rate_usd, default_rates.hourly_rate_usd) as hourly_rate_usd
    from reviews
    left join {{ ref('stg_settings__reviewer_rates') }} as role_rates
        on reviews.reviewer_role = role_rates.reviewer_role
        and {{ is_valid_on('reviews.started_at', 'role_rates') }}
    left join {{ ref('stg_settings__reviewer_rates') }} as default_rates
        on default_rates.reviewer_role = 'default'
        and {{ is_valid_on('reviews.started_at', 'default_rates') }}
)

select
    with_rates.review_id,
    {{ attributed_work_item_id() }} as work_item_id,
    {{ attributed_agent_id() }} as agent_id,
    {{ attribution_kind() }} as attribution,
    with_rates.reviewer_id,
    with_rates.review_type,
    {{ local_date('with_rates.started_at', 'calendar') }} as started_date,
    {{ as_money('with_rates.minutes') }} as minutes,
    {{ as_money('with_rates.minutes * ' ~ as_double('with_rates.hourly_rate_usd') ~ ' / 60') }} as cost
from with_rates
{{ attribution_joins('with_rates') }}
left join {{ ref('int_calendar__utc_dates') }} as calendar
    on cast(with_rates.started_at as date) = calendar.utc_date
