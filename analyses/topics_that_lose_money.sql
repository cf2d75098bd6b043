-- On which topics does an agent cost more than it saves? The last three complete months, greatest loss first.
-- Write another dimension (channel, work_item_type, team) to cut differently.
with

first_month as (
    select {{ dbt.dateadd('month', -2, 'max(month)') }} as month from {{ ref('rpt_agent_pnl') }}
    where is_complete
)

select
    segments.agent_id,
    segments.segment as topic,
    sum(segments.processed_items) as processed_items,
    sum(segments.completed_outcomes) as completed_outcomes,
    round(sum(segments.cost), 2) as cost,
    round(sum(segments.completed_outcomes * pnl.baseline_cost_per_outcome), 2) as cost_without_the_agent,
    round(sum(segments.cost - segments.completed_outcomes * pnl.baseline_cost_per_outcome), 2) as loss
from {{ ref('rpt_segments') }} as segments
inner join first_month on segments.month >= first_month.month
inner join {{ ref('rpt_agent_pnl') }} as pnl
    on segments.month = pnl.month and segments.agent_id = pnl.agent_id
where segments.dimension = 'topic' and segments.is_complete and segments.agent_id <> 'all'
group by segments.agent_id, segments.segment
having sum(segments.completed_outcomes) > 0
order by loss desc
