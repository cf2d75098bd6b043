with

checked_rows as (
    {{ checked_rows('sentiment_scores', ref('stg_native__sentiment_scores')) }}
)

select
    score_id,
    conversation_id,
    message_id,
    negative_score,
    scorer,
    scored_at,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('sentiment_scores') }} as record_state
from checked_rows
