with

surveys as (select * from {{ ref('int_conversations__surveys') }})

select
    {{ period_columns() }},
    cast(count(*) as bigint) as prompted_surveys,
    {{ count_where('surveys.answered_date is not null') }} as answered_surveys
from surveys
{{ period_joins('surveys', 'prompted_date') }}
group by 1, 2, 3
