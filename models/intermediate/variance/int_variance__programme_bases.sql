select
    month,
    comparison,
    cost_per_outcome,
    cost
from {{ ref('int_variance__bases') }}
where agent_id = 'all'

union all

-- in money a forecast of the programme is the sum of its agents'
select
    month,
    case when version = 'original' then 'forecast' else version end as comparison,
    cost_per_outcome,
    cast(null as {{ type_money() }}) as cost
from {{ ref('int_forecasts__unit_costs') }}
where agent_id = 'all'
