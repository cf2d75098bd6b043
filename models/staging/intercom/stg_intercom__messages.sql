with

sent_messages as (
    select
        part_id as message_id,
        conversation_id,
        author_type,
        author_id,
        created_at as sent_at,
        loaded_at
    from {{ ref('base_intercom__parts') }}
    where part_type = 'comment' or part_id is null
    union all
    -- the message that opened the conversation is no part of it
    select
        source_id as message_id,
        conversation_id,
        lower(source_author_type) as author_type,
        source_author_id as author_id,
        started_at as sent_at,
        loaded_at
    from {{ ref('base_intercom__conversations') }}
    where source_id is not null
)

select
    message_id,
    conversation_id,
    case
        when author_type in ('user', 'lead', 'contact') then 'customer'
        when author_type = 'bot' then 'ai'
        when author_type in ('admin', 'team') then 'human'
    end as sender_type,
    author_id as sender_id,
    sent_at,
    loaded_at,
    'intercom' as source_system
from sent_messages
