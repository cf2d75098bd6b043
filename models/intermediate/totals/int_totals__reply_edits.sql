with

edits as (select * from {{ ref('int_conversations__reply_edits') }})

select
    {{ period_columns() }},
    cast(count(*) as bigint) as reply_edits,
    {{ count_where('edits.is_fed_back') }} as fed_back_edits
from edits
{{ period_joins('edits', 'edited_date') }}
group by 1, 2, 3
