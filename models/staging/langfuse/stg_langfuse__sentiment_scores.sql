select
    score_id,
    conversation_id,
    {{ as_text('null') }} as message_id,
    share_of_scale as negative_score,
    scorer,
    scored_at,
    loaded_at,
    'langfuse' as source_system
from {{ ref('base_langfuse__scores') }}
where becomes = 'negative_sentiment'
