{%- set systems = staged_by('csat_responses', ['native', 'zendesk', 'intercom', 'langfuse']) -%}

with

checked_rows as (
    {{ checked_rows('csat_responses', systems, {'no_subject': names_no_subject()}) }}
)

select
    survey_id,
    work_item_id,
    conversation_id,
    leg,
    prompted_at,
    responded_at,
    rating,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('csat_responses', systems) }} as record_state
from checked_rows
