select
    agent_id,
    agent_name,
    team,
    use_case,
    deployed_at,
    retired_at,
    loaded_at,
    source_system
from {{ raw_table('raw', 'agents') }} as raw_rows
