-- of each grain that the trends have one period, and every row of it
with

latest_periods as (
    select
        grain,
        min(period_start) as first_period_start,
        max(period_start) as last_period_start,
        count(*) as metric_values
    from {{ ref('rpt_scorecard') }}
    group by grain
)

select
    trends.grain,
    max(latest_periods.metric_values) as metric_values,
    count(case when trends.period_start = latest_periods.last_period_start then 1 end) as expected_values
from {{ ref('rpt_metric_trends') }} as trends
left join latest_periods on trends.grain = latest_periods.grain
group by trends.grain
having
    max(latest_periods.metric_values) is null
    or max(latest_periods.metric_values)
    <> count(case when trends.period_start = latest_periods.last_period_start then 1 end)
    or max(latest_periods.last_period_start) <> max(latest_periods.first_period_start)
