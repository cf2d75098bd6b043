-- one period of each grain that the trends have, and every row of it
with

periods as (
    select
        grain,
        count(distinct period_start) as periods,
        count(*) as metric_values
    from {{ ref('rpt_scorecard') }}
    group by grain
),

trends as (
    select
        trends.grain,
        count(*) as metric_values
    from {{ ref('rpt_metric_trends') }} as trends
    inner join (select grain, max(period_start) as period_start from {{ ref('rpt_scorecard') }} group by grain) as latest
        on trends.grain = latest.grain and trends.period_start = latest.period_start
    group by trends.grain
),

grains as (
    select grain from {{ ref('rpt_metric_trends') }}
    group by grain
)

select
    grains.grain,
    periods.periods,
    periods.metric_values,
    trends.metric_values as expected_values
from grains
left join periods on grains.grain = periods.grain
left join trends on grains.grain = trends.grain
where periods.periods is null or periods.periods <> 1 or periods.metric_values <> trends.metric_values
