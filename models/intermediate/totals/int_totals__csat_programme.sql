-- an agent is compared with the programme's human ratings of the same period
select
    keys.grain,
    keys.period_start,
    keys.agent_id,
    ratings.human_side_ratings,
    ratings.human_side_satisfied
from {{ ref('int_totals__keys') }} as keys
inner join {{ ref('int_totals__ratings') }} as ratings
    on keys.grain = ratings.grain
    and keys.period_start = ratings.period_start
    and ratings.agent_id = 'all'
