with

conversations as (
    select * from {{ ref('base_intercom__conversations') }}
    where not is_preview
),

ratings as (
    select
        conversation_id,
        'human' as leg,
        conversation_rating_value as rating,
        coalesce(conversation_rating_created_at, updated_at) as prompted_at,
        loaded_at
    from conversations
    where coalesce(conversation_rating_value, conversation_rating_created_at) is not null
    union all
    -- of the AI agent's ratings only the given ones are known
    select
        conversation_id,
        'ai' as leg,
        ai_agent_rating as rating,
        coalesce(ai_agent_updated_at, updated_at) as prompted_at,
        loaded_at
    from conversations
    where ai_agent_rating is not null
)

select
    conversation_id || '-' || leg as survey_id,
    conversation_id as work_item_id,
    conversation_id,
    leg,
    {{ time_or_seconds('prompted_at') }} as prompted_at,
    case when {{ rating_of('rating') }} is not null then {{ time_or_seconds('prompted_at') }} end
        as responded_at,
    {{ rating_of('rating') }} as rating,
    loaded_at,
    'intercom' as source_system
from ratings
