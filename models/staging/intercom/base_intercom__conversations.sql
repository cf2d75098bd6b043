{{ config(materialized='table') }}

{#- Where the API nests a value, connectors have a column of its own. -#}
{%- set nested = {
    'source_type': ('source', 'type'), 'source_id': ('source', 'id'),
    'source_author_id': ('source', 'author/id'), 'source_author_type': ('source', 'author/type'),
    'conversation_rating_value': ('conversation_rating', 'rating'),
    'conversation_rating_created_at': ('conversation_rating', 'created_at'),
    'ai_agent_source_type': ('ai_agent', 'source_type'),
    'ai_agent_last_answer_type': ('ai_agent', 'last_answer_type'),
    'ai_agent_resolution_state': ('ai_agent', 'resolution_state'), 'ai_agent_rating': ('ai_agent', 'rating'),
    'ai_agent_updated_at': ('ai_agent', 'updated_at'),
    'statistics_adjusted_handling_time': ('statistics', 'adjusted_handling_time'),
    'statistics_first_admin_reply_at': ('statistics', 'first_admin_reply_at'),
    'statistics_last_close_at': ('statistics', 'last_close_at'),
    'statistics_last_closed_by_id': ('statistics', 'last_closed_by_id'),
} -%}

with

-- versions that are over are history; the current row counts
raw_conversations as (
    select * from {{ raw_table('intercom', 'conversation_history') }} as raw_rows
    where _fivetran_active is null or {{ is_yes('_fivetran_active') }}
),

conversations as (
    select
        id as conversation_id,
        {% for column, place in nested.items() -%}
        coalesce({{ column }}, {{ json_text_at(place[0], "'/" ~ place[1] ~ "'") }}) as {{ column }},
        {% endfor -%}
        custom_attributes,
        lower(state) as state,
        ai_agent_participated,
        created_at,
        updated_at,
        _fivetran_synced
    from raw_conversations
    {{ fence() }}
),

parts as (
    select
        conversation_id,
        max(case when part_type = 'close' then created_at end) as last_close_at,
        max(case when part_type = 'comment' and author_type in ('admin', 'team') then 1 else 0 end) = 1
            as has_human_reply,
        max(case when part_type = 'comment' and author_type = 'bot' then 1 else 0 end) = 1 as has_bot_reply
    from {{ ref('base_intercom__parts') }}
    group by conversation_id
)

select
    conversations.*,
    {{ time_or_seconds('conversations.created_at') }} as started_at,
    {{ time_or_seconds(
        'coalesce(parts.last_close_at, conversations.statistics_last_close_at, conversations.updated_at)'
    ) }}
        as finished_at,
    coalesce(lower(conversations.ai_agent_source_type) in ('workflow_preview', 'fin_preview'), false)
        as is_preview,
    coalesce(parts.has_human_reply, false) as has_human_reply,
    case
        -- older connectors lack the flag; there a bot's reply shows the AI agent
        when coalesce({{ is_yes('conversations.ai_agent_participated') }}
            or (conversations.ai_agent_participated is null and parts.has_bot_reply), false)
            then {{ ai_agent('intercom', {'author_type': "'bot'"}) }}
    end as ai_agent_id,
    {{ identity('customer', ['source_author_id'], ['custom_attributes'], 'conversations') }} as customer_id,
    {{ identity('topic', ['source_type'], ['custom_attributes'], 'conversations') }} as topic,
    coalesce(
        {{ parse_timestamp('conversations._fivetran_synced') }},
        {{ instant('conversations.updated_at') }},
        {{ instant('conversations.created_at') }}
    ) as loaded_at
from {{ with_identity_paths('conversations', 'intercom') }}
left join parts on conversations.conversation_id = parts.conversation_id
