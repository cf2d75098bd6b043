{%- set systems = staged_by('work_items', ['native', 'zendesk', 'intercom']) -%}

with

checked_rows as (
    {{ checked_rows('work_items', systems, {
        'missing:closed_at': "status in ('completed', 'abandoned') and not " ~ is_present('raw_closed_at'),
        'missing:resolved_by': "status = 'completed' and not " ~ is_present('raw_resolved_by'),
        'ends_before_start': "coalesce(status, '') <> 'open' and closed_at < received_at",
    }) }}
)

select
    work_item_id,
    agent_id,
    work_item_type,
    channel,
    customer_id,
    topic,
    received_at,
    case when status <> 'open' then closed_at end as closed_at,
    status,
    resolved_by,
    resolution_evidence,
    agent_version,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('work_items', systems) }} as record_state
from checked_rows
