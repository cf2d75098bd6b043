{%- set systems = staged_by('conversations', ['native', 'zendesk', 'intercom', 'langfuse', 'otel']) -%}

with

checked_rows as (
    {{ checked_rows('conversations', systems, {'ends_before_start': 'closed_at < started_at'}) }}
)

select
    conversation_id,
    work_item_id,
    agent_id,
    channel,
    customer_id,
    topic,
    started_at,
    closed_at,
    close_reason,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('conversations', systems) }} as record_state
from checked_rows
