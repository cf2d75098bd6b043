-- Why did cost move against the month before, in dollars? The programme first, then the agents by size of the
-- change. For the forecast write 'forecast' instead of 'previous_month', for a later forecast its version.
with

latest_month as (
    select max(month) as month from {{ ref('rpt_cost_variance_drivers') }}
    where is_complete
)

select
    drivers.agent_id,
    round(drivers.base_cost_usd, 2) as cost_before,
    round(drivers.actual_cost_usd, 2) as cost_now,
    round(drivers.total_variance_usd, 2) as cost_change,
    round(drivers.volume_effect_usd, 2) as more_or_fewer_items,
    round(drivers.fixed_cost_effect_usd, 2) as fixed_cost,
    round(drivers.api_cost_effect_usd, 2) as model_calls,
    round(drivers.escalation_rate_effect_usd, 2) as escalation_rate,
    round(drivers.review_cost_effect_usd, 2) as review_cost,
    round(drivers.mix_effect_usd, 2) as cost_of_no_agent
from {{ ref('rpt_cost_variance_drivers') }} as drivers
inner join latest_month on drivers.month = latest_month.month
where drivers.comparison = 'previous_month'
order by case when drivers.agent_id = 'all' then 0 else 1 end, abs(drivers.total_variance_usd) desc
