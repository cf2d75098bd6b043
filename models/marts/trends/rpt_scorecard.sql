with

trends as (select * from {{ ref('rpt_metric_trends') }}),

-- a bill may run into periods that have not begun: they are no latest period
periods as (
    select
        trends.grain,
        trends.period_start,
        trends.is_complete,
        row_number() over (
            partition by trends.grain
            order by
                case
                    when trends.is_complete then 0
                    when trends.period_start <= as_of.as_of_date then 1
                    else 2
                end,
                trends.period_start desc
        ) as preference
    from trends
    cross join {{ ref('int_calendar__as_of') }} as as_of
    group by trends.grain, trends.period_start, trends.is_complete, as_of.as_of_date
)

select
    trends.metric_id,
    definitions.name,
    definitions.unit,
    definitions.better,
    definitions.metric_set,
    definitions.category,
    trends.grain,
    trends.period_start,
    trends.agent_id,
    {% for column in [
        'value', 'ci_low', 'ci_high', 'previous_value', 'change_pct', 'month_over_month_change_pct',
        'year_over_year_change_pct', 'moving_average_4', 'rolling_4_value', 'target_low', 'target_high',
        'alarm_low', 'alarm_high', 'suspicious_low', 'suspicious_high', 'forecast_value',
        'drift_vs_target_pct', 'drift_vs_forecast_pct', 'is_drifting', 'drift_direction', 'is_significant',
        'status', 'guard_metric_id', 'guard_value', 'is_complete',
    ] -%}
    trends.{{ column }},
    {% endfor -%}
    missing_layers.missing_cost_layers
from trends
inner join periods
    on trends.grain = periods.grain and trends.period_start = periods.period_start and periods.preference = 1
left join {{ ref('metric_definitions') }} as definitions on trends.metric_id = definitions.metric_id
left join {{ ref('int_totals__missing_layers') }} as missing_layers
    on trends.grain = missing_layers.grain and trends.period_start = missing_layers.period_start
