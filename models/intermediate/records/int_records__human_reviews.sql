{%- set systems = staged_by('human_reviews', ['native', 'zendesk', 'intercom']) -%}

with

checked_rows as (
    {{ checked_rows('human_reviews', systems, {
        'ends_before_start': 'ended_at < started_at', 'no_subject': names_no_subject(),
    }) }}
)

select
    review_id,
    work_item_id,
    conversation_id,
    reviewer_id,
    reviewer_role,
    coalesce(review_type, 'escalation') as review_type,
    started_at,
    ended_at,
    active_minutes,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('human_reviews', systems) }} as record_state
from checked_rows
