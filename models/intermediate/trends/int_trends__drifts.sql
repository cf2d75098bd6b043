{%- set threshold = var('drift_threshold_pct') -%}

with

metric_values as (
    select
        metric_values.*,
        bounds.target_low,
        bounds.target_high,
        case
            when {{ is_beyond('metric_values.value', 'above', 'bounds.target_high') }} then bounds.target_high
            when {{ is_beyond('metric_values.value', 'below', 'bounds.target_low') }} then bounds.target_low
        end as missed_bound,
        forecasts.forecast_value,
        definitions.better
    from {{ ref('int_trends__values') }} as metric_values
    left join {{ ref('int_trends__bounds') }} as bounds
        on metric_values.metric_id = bounds.metric_id
        and metric_values.grain = bounds.grain
        and metric_values.period_start = bounds.period_start
        and metric_values.agent_id = bounds.agent_id
    left join {{ ref('int_trends__forecasts') }} as forecasts
        on metric_values.metric_id = forecasts.metric_id
        and metric_values.grain = forecasts.grain
        and metric_values.period_start = forecasts.period_start
        and metric_values.agent_id = forecasts.agent_id
    left join {{ ref('metric_definitions') }} as definitions
        on metric_values.metric_id = definitions.metric_id
),

drifts as (
    select
        *,
        case
            when missed_bound is not null then 100 * {{ ratio('value - missed_bound', 'abs(missed_bound)') }}
            when value is not null and coalesce(target_low, target_high) is not null then 0
        end as drift_vs_target_pct,
        100 * {{ ratio('value - forecast_value', 'abs(forecast_value)') }} as drift_vs_forecast_pct,
        {{ is_significantly_beyond('above', 'target_high') }}
        or {{ is_significantly_beyond('below', 'target_low') }} as is_significant
    from metric_values
),

judged as (
    select
        *,
        is_complete and coalesce(
            missed_bound = 0 or {{ is_beyond('abs(drift_vs_target_pct)', 'above', threshold) }}, false
        ) as drifts_from_target,
        is_complete and coalesce({{ is_beyond('abs(drift_vs_forecast_pct)', 'above', threshold) }}, false)
            as drifts_from_forecast
    from drifts
)

-- the target decides on the direction, and only where it is met the forecast does
select
    metric_id,
    grain,
    period_start,
    agent_id,
    missed_bound,
    forecast_value,
    drift_vs_target_pct,
    drift_vs_forecast_pct,
    drifts_from_target or drifts_from_forecast as is_drifting,
    case
        when drifts_from_target and better = 'higher' and value > missed_bound then 'better'
        when drifts_from_target and better = 'lower' and value < missed_bound then 'better'
        when drifts_from_target then 'worse'
        when drifts_from_forecast and better = 'higher'
            then case when value > forecast_value then 'better' else 'worse' end
        when drifts_from_forecast and better = 'lower'
            then case when value < forecast_value then 'better' else 'worse' end
    end as drift_direction,
    is_significant
from judged
