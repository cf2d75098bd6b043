select
    scores.score_id,
    {{ attributed_agent_id(has_work_item=false) }} as agent_id,
    scores.negative_score,
    {{ local_date('scores.scored_at', 'calendar') }} as scored_date
from {{ ref('int_records__sentiment_scores') }} as scores
{{ attribution_joins('scores', has_work_item=false) }}
left join {{ ref('int_calendar__utc_dates') }} as calendar
    on cast(scores.scored_at as date) = calendar.utc_date
where scores.record_state = 'kept'
