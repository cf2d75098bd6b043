{{ config(materialized='table') }}

{%- set id_columns = [
    'requester_id', 'organization_id', 'ticket_form_id', 'brand_id', 'group_id', 'type', 'subject',
    'via_channel',
] -%}

with

raw_tickets as (
    select * from {{ raw_table('zendesk', 'ticket') }} as raw_rows
),

users as (select * from {{ ref('base_zendesk__users') }}),

merged_tickets as (
    select {{ explode_json("nullif(merged_ticket_ids, '')") }} as ticket_id
    from raw_tickets
    where merged_ticket_ids like '[%'
),

senders as (
    select
        messages.ticket_id,
        min(messages.ai_agent_id) as ai_agent_id,
        min(case when messages.ai_agent_id is not null then {{ parse_timestamp('messages.sent_at') }} end)
            as first_ai_message_at,
        max(case when messages.ai_agent_id is null and messages.role in ('agent', 'admin') then 1 else 0 end)
            = 1 as has_human_reply
    from {{ ref('base_zendesk__messages') }} as messages
    group by messages.ticket_id
),

tags as (
    select
        ticket_id,
        min({{ ai_agent('zendesk', {'tag': 'raw_rows.tag'}) }}) as ai_agent_id
    from {{ raw_table('zendesk', 'ticket_tag') }} as raw_rows
    group by ticket_id
),

status_changes as (
    select
        ticket_id,
        max(case when value = 'solved' then {{ parse_timestamp('updated') }} end) as solved_at,
        max(case when value = 'closed' then {{ parse_timestamp('updated') }} end) as closed_at
    from {{ raw_table('zendesk', 'ticket_field_history') }} as raw_rows
    where field_name = 'status'
    group by ticket_id
)

select
    raw_tickets.id as ticket_id,
    raw_tickets.type,
    raw_tickets.via_channel as channel,
    raw_tickets.requester_id,
    {{ identity('customer', id_columns, relation='raw_tickets') }} as customer_id,
    {{ identity('topic', id_columns, relation='raw_tickets') }} as topic,
    raw_tickets.created_at,
    -- solved may reopen, the last time counts; without the history, the last change of a finished ticket
    coalesce(
        {{ as_text('coalesce(status_changes.solved_at, status_changes.closed_at)') }}, raw_tickets.updated_at
    ) as finished_at,
    lower(raw_tickets.status) as status,
    {{ is_yes('raw_tickets._fivetran_deleted') }} or lower(raw_tickets.status) = 'deleted'
    or raw_tickets.id in (select trim(both '"' from merged_tickets.ticket_id) from merged_tickets)
        as is_excluded,
    coalesce(
        senders.ai_agent_id, tags.ai_agent_id, assignees.ai_agent_id,
        {{ ai_agent('zendesk', {'channel': 'raw_tickets.via_channel'}) }}
    ) as ai_agent_id,
    senders.first_ai_message_at,
    coalesce(senders.has_human_reply, false) as has_human_reply,
    {{ first_time(['raw_tickets._fivetran_synced', 'raw_tickets.updated_at', 'raw_tickets.created_at']) }}
        as loaded_at
from {{ with_identity_paths('raw_tickets', 'zendesk') }}
left join senders on raw_tickets.id = senders.ticket_id
left join tags on raw_tickets.id = tags.ticket_id
left join status_changes on raw_tickets.id = status_changes.ticket_id
left join users as assignees on raw_tickets.assignee_id = assignees.user_id
