{%- set systems = staged_by('sentiment_scores', ['native', 'langfuse']) -%}

with

checked_rows as (
    {{ checked_rows('sentiment_scores', systems) }}
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
    {{ record_state('sentiment_scores', systems) }} as record_state
from checked_rows
