with

ratings as (
    select * from {{ ref('int_conversations__surveys') }}
    where answered_date is not null and resolved_side is not null
),

cells as (
    select
        {{ period_columns() }},
        coalesce(ratings.work_item_type, '') as work_item_type,
        coalesce(ratings.channel, '') as channel,
        {% for side in ['ai', 'human'] -%}
        {{ count_where("ratings.resolved_side = '" ~ side ~ "'") }} as {{ side }}_ratings,
        {{ count_where("ratings.resolved_side = '" ~ side ~ "' and ratings.rating >= 4") }}
            as {{ side }}_satisfied{{ ',' if not loop.last }}
        {% endfor %}
    from ratings
    {{ period_joins('ratings', 'answered_date') }}
    group by 1, 2, 3, 4, 5
)

-- an agent's AI ratings beside the programme's human ratings of the same kind of work
select
    agent_cells.grain,
    agent_cells.period_start,
    agent_cells.agent_id,
    agent_cells.work_item_type,
    agent_cells.channel,
    agent_cells.ai_ratings,
    agent_cells.ai_satisfied,
    programme_cells.human_ratings,
    programme_cells.human_satisfied,
    agent_cells.ai_ratings > 0 and programme_cells.human_ratings > 0 as is_comparable
from cells as agent_cells
inner join cells as programme_cells
    on agent_cells.grain = programme_cells.grain
    and agent_cells.period_start = programme_cells.period_start
    and agent_cells.work_item_type = programme_cells.work_item_type
    and agent_cells.channel = programme_cells.channel
    and programme_cells.agent_id = 'all'
