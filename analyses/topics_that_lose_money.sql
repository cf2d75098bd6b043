-- On which topics does an agent cost more than it saves? Complete months of the last quarter of data, by topic, the most
-- expensive against the baseline first. Write another dimension (channel, work_item_type, team) to cut differently.
select
    segments.agent_id,
    segments.segment as topic,
    sum(segments.processed_items) as processed_items,
    sum(segments.completed_outcomes) as completed_outcomes,
    round(sum(segments.cost), 2) as cost,
    round(sum(segments.completed_outcomes * pnl.baseline_cost_per_outcome), 2) as cost_without_the_agent,
    round(sum(segments.cost) - sum(segments.completed_outcomes * pnl.baseline_cost_per_outcome), 2) as loss
from {{ ref('rpt_segments') }} as segments
inner join {{ ref('rpt_agent_pnl') }} as pnl on segments.month = pnl.month and segments.agent_id = pnl.agent_id
inner join (
    select {{ dbt.dateadd('month', -2, 'max(month)') }} as first_month from {{ ref('rpt_agent_pnl') }}
    where is_complete
) as window_start on segments.month >= window_start.first_month
where segments.dimension = 'topic' and segments.is_complete and segments.agent_id <> 'all'
group by segments.agent_id, segments.segment
having sum(segments.completed_outcomes) > 0
order by loss desc
