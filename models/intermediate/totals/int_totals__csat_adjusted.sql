with

cells as (select * from {{ ref('int_totals__csat_cells') }} where ai_ratings > 0),

weighted as (
    select
        grain,
        period_start,
        agent_id,
        sum(ai_ratings) as ai_ratings,
        sum(case when is_comparable then ai_ratings else 0 end) as comparable_ratings,
        sum(case when is_comparable then human_ratings else 0 end) as comparable_human_ratings,
        -- integers until the end: Σ n_ai × (score_ai − score_human) over the common cells
        sum(case when is_comparable then ai_satisfied else 0 end) as ai_satisfied,
        sum(
            case when is_comparable
                then cast({{ as_double('ai_ratings') }}
                    * {{ ratio('human_satisfied', 'human_ratings') }} as decimal(28, 12))
            end
        ) as expected_satisfied,
        sum(
            case when is_comparable
                then cast({{ as_double('ai_ratings') }} * {{ ratio('ai_satisfied', 'ai_ratings') }}
                    * (1 - {{ ratio('ai_satisfied', 'ai_ratings') }}) as decimal(28, 12))
            end
        ) as ai_variance,
        sum(
            case when is_comparable
                then cast({{ as_double('ai_ratings * ai_ratings') }}
                    * {{ ratio('human_satisfied', 'human_ratings') }}
                    * (1 - {{ ratio('human_satisfied', 'human_ratings') }})
                    / {{ as_double('human_ratings') }} as decimal(28, 12))
            end
        ) as human_variance
    from cells
    group by grain, period_start, agent_id
)

select
    grain,
    period_start,
    agent_id,
    cast(ai_ratings as bigint) as mix_ai_ratings,
    cast(comparable_ratings as bigint) as comparable_ratings,
    cast(least(comparable_ratings, comparable_human_ratings) as bigint) as comparable_smaller_ratings,
    100 * ({{ as_double('ai_satisfied') }} - {{ as_double('expected_satisfied') }})
    / nullif({{ as_double('comparable_ratings') }}, 0) as csat_delta_adjusted,
    100 * sqrt({{ as_double('ai_variance') }} + {{ as_double('human_variance') }})
    / nullif({{ as_double('comparable_ratings') }}, 0) as csat_delta_adjusted_error
from weighted
