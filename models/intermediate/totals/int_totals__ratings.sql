with

ratings as (select * from {{ ref('int_conversations__surveys') }} where answered_date is not null)

select
    {{ period_columns() }},
    {% for leg in ['ai', 'human'] -%}
    {%- set rating = "case when ratings.leg = '" ~ leg ~ "' then ratings.rating end" -%}
    cast(count({{ rating }}) as bigint) as {{ leg }}_leg_ratings,
    sum({{ rating }}) as {{ leg }}_leg_rating_sum,
    sum({{ squared(rating) }}) as {{ leg }}_leg_rating_squared,
    {% endfor -%}
    {% for side in ['ai', 'human'] -%}
    {{ count_where("ratings.resolved_side = '" ~ side ~ "'") }} as {{ side }}_side_ratings,
    {{ count_where("ratings.resolved_side = '" ~ side ~ "' and ratings.rating >= 4") }}
        as {{ side }}_side_satisfied{{ ',' if not loop.last }}
    {% endfor %}
from ratings
{{ period_joins('ratings', 'answered_date') }}
group by 1, 2, 3
