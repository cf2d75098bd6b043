with

periods as (
    select
        grain,
        period_start
    from {{ ref('int_periods__days') }}
    group by grain, period_start
)

select
    periods.grain,
    periods.period_start,
    forecasts.agent_id,
    forecasts.cost_per_outcome as forecast_cost_per_outcome
from periods
inner join {{ ref('int_forecasts__unit_costs') }} as forecasts
    on {{ period_start_of('month', 'periods.period_start') }} = forecasts.month
where forecasts.version = 'original'
