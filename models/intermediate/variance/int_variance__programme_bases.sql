{%- set comparison = "case when version = 'original' then 'forecast' else version end" -%}

with

-- the programme's own forecast, where it is not just what its agents' forecasts come to
own_forecasts as (
    select
        month,
        version
    from {{ ref('int_forecasts__drivers') }}
    where agent_id = 'all' and coalesce(stated_cost_per_outcome, implied_cost_per_outcome) is not null
)

select
    month,
    comparison,
    cost_per_outcome,
    cost,
    false as is_own_forecast
from {{ ref('int_variance__bases') }}
where agent_id = 'all'

union all

select
    unit_costs.month,
    {{ comparison | replace('version', 'unit_costs.version') }} as comparison,
    unit_costs.cost_per_outcome,
    cast(null as {{ type_money() }}) as cost,
    own_forecasts.month is not null as is_own_forecast
from {{ ref('int_forecasts__unit_costs') }} as unit_costs
left join own_forecasts
    on unit_costs.month = own_forecasts.month and unit_costs.version = own_forecasts.version
where unit_costs.agent_id = 'all'
