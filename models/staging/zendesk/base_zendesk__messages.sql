{{ config(materialized='table') }}

{%- set original = {'document': 'original_message', 'pointers': ['author/type', 'source/type']} -%}

with

users as (select * from {{ ref('base_zendesk__users') }}),

chat_tickets as (
    select
        chat_id,
        max(ticket_id) as ticket_id
    from {{ raw_table('zendesk', 'ticket_chat') }} as raw_rows
    group by chat_id
),

chat_events as (
    select
        *,
        {{ row_hash(['chat_id', 'created_at', 'actor_id', 'chat_index']) }} as message_id,
        {{ json_read(original) }}
    from {{ raw_table('zendesk', 'ticket_chat_event') }} as raw_rows
    -- a chat that goes on repeats its past, and machinery speaks to nobody
    where
        type = 'ChatMessage' and not {{ is_yes('is_history_context') }}
        and coalesce(actor_id, '') not in ('__system', '__trigger')
    {{ fence() }}
),

sent_messages as (
    select
        id as message_id,
        ticket_id,
        user_id,
        {{ as_text('null') }} as chat_source,
        false as is_by_business,
        created as sent_at,
        {{ first_time(['_fivetran_synced', 'created']) }} as loaded_at
    from {{ raw_table('zendesk', 'ticket_comment') }} as raw_rows
    where public is null or {{ is_yes('public') }}
    union all
    select
        chat_events.message_id,
        coalesce(chat_tickets.ticket_id, chat_events.chat_id) as ticket_id,
        replace(chat_events.actor_id, 'agent:', '') as user_id,
        {{ json_value(original, 'source/type') }} as chat_source,
        coalesce(chat_events.actor_id like 'agent:%' or {{ json_value(original, 'author/type') }} = 'BUSINESS', false)
            as is_by_business,
        chat_events.created_at as sent_at,
        {{ first_time(['_fivetran_synced', 'created_at']) }} as loaded_at
    from chat_events
    left join chat_tickets on chat_events.chat_id = chat_tickets.chat_id
)

select
    sent_messages.*,
    users.role,
    coalesce(users.ai_agent_id, case when sent_messages.is_by_business then {{ ai_agent('zendesk', {'chat_source': 'sent_messages.chat_source'}) }} end)
        as ai_agent_id,
    (select count(*) from {{ ref('base_zendesk__users') }}) > 0 as has_users
from sent_messages
left join users on sent_messages.user_id = users.user_id
