select
    cast(month as date) as month,
    trim(agent_id) as agent_id,
    trim(metric_id) as metric_id,
    {{ as_double('value') }} as value,
    coalesce(nullif(trim(version), ''), 'original') as version
from {{ ref('forecasts') }}
