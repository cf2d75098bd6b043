select
    source_system,
    cast(null as {{ dbt.type_string() }}) as rule,
    cast(count(*) as bigint) as calls
from {{ ref('int_records__api_calls') }}
where record_state = 'excluded'
group by source_system
