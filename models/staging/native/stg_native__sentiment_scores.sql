select
    score_id,
    conversation_id,
    message_id,
    negative_score,
    scorer,
    scored_at,
    loaded_at,
    source_system
from {{ raw_table('raw', 'sentiment_scores') }} as raw_rows
