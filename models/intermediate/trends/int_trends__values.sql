select
    metric_values.metric_id,
    metric_values.grain,
    metric_values.period_start,
    metric_values.agent_id,
    metric_values.value,
    metric_values.ci_low,
    metric_values.ci_high,
    metric_values.denominator,
    -- what a ratio over several periods is made of: nothing where the metric is no ratio or has no value
    case when metric_values.value is not null then metric_values.numerator end as ratio_numerator,
    case
        when metric_values.value is not null and metric_values.numerator is not null
            then metric_values.denominator
    end as ratio_denominator,
    {{ has_trait('interval') }} as has_interval,
    case
        when {{ has_trait('percentile') }} then metric_values.denominator
        else {{ as_double('periods.completed_outcomes') }}
    end as sample_size,
    periods.baseline_cost_per_outcome,
    periods.months_since_deployment,
    metric_values.is_complete
from {{ ref('fct_metric_values') }} as metric_values
inner join {{ ref('int_agents__periods') }} as periods
    on metric_values.grain = periods.grain
    and metric_values.period_start = periods.period_start
    and metric_values.agent_id = periods.agent_id
