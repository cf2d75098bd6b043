with

daily as (
    select
        segments.*,
        coalesce(agents.team, 'unrecorded') as team
    from {{ ref('int_segments__daily') }} as segments
    left join {{ ref('dim_agents') }} as agents on segments.agent_id = agents.agent_id
),

monthly as (
    {% for dimension in ['topic', 'channel', 'work_item_type', 'team'] -%}
    select
        {{ period_columns() }},
        '{{ dimension }}' as dimension,
        daily.{{ dimension }} as segment,
        {% for count in [
            'processed_items', 'first_touch_items', 'escalated_items', 'completed_outcomes',
            'mature_conversations', 'returned_conversations', 'ratings',
        ] -%}
        cast(sum(daily.{{ count }}) as bigint) as {{ count }},
        {% endfor -%}
        sum(daily.rating_sum) as rating_sum,
        -- NULL where rows of cost exist and none has a known amount
        {{ as_money(
            'case when ' ~ has_any_table(tables_of_cost())
            ~ ' and (sum(daily.cost_lines) > 0 or sum(daily.unknown_amounts) = 0)'
            ~ ' then coalesce(sum(daily.cost), 0) end'
        ) }} as cost,
        max(case when days.is_complete then 1 else 0 end) = 1 as is_complete
    from daily
    {{ period_joins('daily', 'happened_on') }}
    where days.grain = 'month'
    group by 1, 2, 3, 4, 5
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    period_start as month,
    agent_id,
    dimension,
    segment,
    processed_items,
    100 * {{ ratio('first_touch_items', 'processed_items') }} as first_touch_resolution_rate,
    100 * {{ ratio('escalated_items', 'processed_items') }} as escalation_rate,
    mature_conversations,
    100 * {{ ratio('returned_conversations', 'mature_conversations') }} as return_rate_24h,
    ratings,
    {{ ratio('rating_sum', 'ratings') }} as csat,
    completed_outcomes,
    cost,
    {{ ratio('cost', 'completed_outcomes') }} as cost_per_outcome,
    is_complete
from monthly
