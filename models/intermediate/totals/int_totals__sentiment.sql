with

scores as (select * from {{ ref('int_conversations__sentiment_scores') }})

select
    {{ period_columns() }},
    cast(count(*) as bigint) as sentiment_scores,
    sum(100 * scores.negative_score) as negative_score_sum,
    sum({{ squared('100 * scores.negative_score') }}) as negative_score_squared
from scores
{{ period_joins('scores', 'scored_date') }}
group by 1, 2, 3
