with

surveys as {{ kept_rows('csat_responses') }},

prompts as (
    select
        conversation_id,
        rating is not null and responded_at is not null as is_answered
    from surveys
    where conversation_id is not null
    union all
    select
        conversations.conversation_id,
        surveys.rating is not null and surveys.responded_at is not null as is_answered
    from {{ ref('int_conversations__kept') }} as conversations
    inner join surveys
        on conversations.work_item_id = surveys.work_item_id and surveys.conversation_id is null
)

select
    conversation_id,
    max(case when is_answered then 1 else 0 end) = 1 as is_answered
from prompts
group by conversation_id
