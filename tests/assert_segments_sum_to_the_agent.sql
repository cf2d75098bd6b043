-- every dimension splits the same items, ratings and money
with

segments as (
    select
        month,
        agent_id,
        dimension,
        sum(processed_items) as processed_items,
        sum(completed_outcomes) as completed_outcomes,
        sum(mature_conversations) as mature_conversations,
        sum(ratings) as ratings,
        sum(cost) as cost
    from {{ ref('rpt_segments') }}
    group by month, agent_id, dimension
),

dimensions as (
    select dimension from segments
    group by dimension
)

select
    totals.period_start,
    totals.agent_id,
    dimensions.dimension
from {{ ref('int_totals__joined') }} as totals
cross join dimensions
left join segments
    on totals.period_start = segments.month
    and totals.agent_id = segments.agent_id
    and dimensions.dimension = segments.dimension
where
    totals.grain = 'month'
    and (
        totals.processed_items <> coalesce(segments.processed_items, 0)
        or totals.completed_outcomes <> coalesce(segments.completed_outcomes, 0)
        or totals.mature_conversations <> coalesce(segments.mature_conversations, 0)
        or totals.ai_leg_ratings <> coalesce(segments.ratings, 0)
        or coalesce(totals.cost, 0) <> coalesce(segments.cost, 0)
    )
