select
    score_id as survey_id,
    work_item_id,
    conversation_id,
    case becomes when 'csat_human' then 'human' else 'ai' end as leg,
    -- Langfuse knows the answer, not the question: every survey it tells of was answered at once
    scored_at as prompted_at,
    scored_at as responded_at,
    coalesce(
        {{ as_text('1 + 4 * ' ~ parse_number('share_of_scale')) }},
        share_of_scale
    ) as rating,
    loaded_at,
    'langfuse' as source_system
from {{ ref('base_langfuse__scores') }}
where becomes in ('csat_ai', 'csat_human')
