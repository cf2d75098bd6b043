select
    lower(trim(source_reason)) as source_reason,
    lower(trim(reason)) as reason
from {{ ref('handoff_reasons') }}
