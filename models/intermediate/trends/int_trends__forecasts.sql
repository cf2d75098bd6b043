-- what is forecast for a month holds for its weeks too, unless it is a size, which a week has less of
select
    metric_values.metric_id,
    metric_values.grain,
    metric_values.period_start,
    metric_values.agent_id,
    case
        when metric_values.metric_id = 'cost_per_outcome' then unit_costs.forecast_cost_per_outcome
        else stated.value
    end as forecast_value
from {{ ref('int_trends__values') }} as metric_values
left join {{ ref('int_totals__forecasts') }} as unit_costs
    on metric_values.grain = unit_costs.grain
    and metric_values.period_start = unit_costs.period_start
    and metric_values.agent_id = unit_costs.agent_id
    and metric_values.metric_id = 'cost_per_outcome'
left join {{ ref('stg_settings__forecasts') }} as stated
    on {{ period_start_of('month', 'metric_values.period_start') }} = stated.month
    and metric_values.metric_id = stated.metric_id
    and metric_values.agent_id = stated.agent_id
    and stated.version = 'original'
    and not ({{ has_trait('size', 'metric_values.metric_id') }} and metric_values.grain = 'week')
where coalesce(unit_costs.forecast_cost_per_outcome, stated.value) is not null
