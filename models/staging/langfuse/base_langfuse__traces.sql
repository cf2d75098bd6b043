{{ config(materialized='table') }}

{%- set id_columns = ['trace_session_id', 'trace_user_id', 'trace_name'] -%}

with

traces as (
    select
        id as trace_id,
        {{ adapter.quote('timestamp') }} as started_at,
        name as trace_name,
        user_id as trace_user_id,
        session_id as trace_session_id,
        tags as trace_tags,
        metadata as trace_metadata,
        {{ first_time(['loaded_at', 'event_ts', 'updated_at', adapter.quote('timestamp')]) }} as loaded_at,
        {{ is_yes('is_deleted') }} as is_deleted,
        row_number() over (
            partition by id
            order by {{ first_time(['event_ts', 'updated_at', adapter.quote('timestamp')]) }} desc nulls last
        ) as version_number
    from {{ raw_table('langfuse', 'traces') }} as raw_rows
)

select
    *,
    {{ identity('agent', id_columns, ['trace_metadata']) }} as agent_id,
    {{ identity('work_item', id_columns, ['trace_metadata']) }} as work_item_id,
    {{ identity('conversation', id_columns, ['trace_metadata']) }} as conversation_id,
    {{ identity('customer', id_columns, ['trace_metadata']) }} as customer_id,
    {{ identity('topic', id_columns, ['trace_metadata']) }} as topic
from {{ with_identity_paths('traces', 'langfuse') }}
-- a trace without an id is an unreadable line; it is rejected where the conversations are checked
where not is_deleted and (version_number = 1 or trace_id is null)
