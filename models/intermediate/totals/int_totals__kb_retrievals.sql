with

retrievals as (select * from {{ ref('int_conversations__kb_retrievals') }} where is_labelled)

select
    {{ period_columns() }},
    cast(count(*) as bigint) as labelled_retrievals,
    {{ count_where('retrievals.is_hit') }} as hit_retrievals
from retrievals
{{ period_joins('retrievals', 'retrieved_date') }}
group by 1, 2, 3
