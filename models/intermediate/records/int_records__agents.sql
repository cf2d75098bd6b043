{%- set systems = staged_by('agents', ['native']) -%}

with

checked_rows as (
    {{ checked_rows('agents', systems) }}
)

select
    agent_id,
    agent_name,
    team,
    use_case,
    deployed_at,
    retired_at,
    loaded_at,
    source_system,
    reject_reasons,
    raw_record,
    {{ record_state('agents', systems) }} as record_state
from checked_rows
