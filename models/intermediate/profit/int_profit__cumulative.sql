{%- set so_far = 'rows between unbounded preceding and current row' -%}

with

months as (
    select
        months.month,
        months.agent_id,
        months.is_complete,
        months.margin,
        implementation.implementation_cost,
        coalesce(periods.months_since_deployment >= 1, true) as is_since_deployment
    from {{ ref('int_profit__months') }} as months
    left join {{ ref('int_agents__periods') }} as periods
        on months.month = periods.period_start
        and months.agent_id = periods.agent_id
        and periods.grain = 'month'
    left join {{ ref('int_profit__implementation') }} as implementation
        on months.month = implementation.month and months.agent_id = implementation.agent_id
),

-- one month of unknown margin makes every sum that contains it unknown
sums as (
    select
        *,
        case
            when is_since_deployment
                and count(*) over (partition by agent_id, is_since_deployment order by month {{ so_far }})
                = count(margin) over (partition by agent_id, is_since_deployment order by month {{ so_far }})
                then sum(margin) over (partition by agent_id, is_since_deployment order by month {{ so_far }})
        end as cumulative_margin
    from months
)

select
    month,
    agent_id,
    implementation_cost,
    {{ as_money('cumulative_margin') }} as cumulative_margin,
    min(case when is_complete and cumulative_margin >= implementation_cost then month end)
        over (partition by agent_id order by month {{ so_far }}) as payback_month
from sums
