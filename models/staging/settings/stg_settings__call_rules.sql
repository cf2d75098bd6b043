select
    cast(position as integer) as position,
    trim(rule) as rule,
    nullif(lower(trim(source_system)), '') as source_system,
    lower(trim(matched_column)) as matched_column,
    lower(trim(pattern)) as pattern,
    lower(trim(action)) as action,
    nullif(lower(trim(operation)), '') as operation
from {{ ref('call_rules') }}
