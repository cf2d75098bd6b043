with reviews as (
    -- Work on what the AI handed over; one in ten needs a second pair of eyes.
    select
        *,
        unnest(if(chance(item_key, 'second_review', 0.1), [1, 2], [1])) as review,
        case
            when review = 2 and lane = 4 then 'approval'
            when review = 2 then 'handling'
            when chance(item_key, 'review_type', 0.15) then null
            else 'escalation'
        end as review_type,
        if(review = 2, 0.3, 1) * human_minutes as minutes,
        accepted_at as started_at
    from items
    where is_escalated and fate <> 'abandoned_after' and human_done_at is not null
    union all by name
    -- Work that never had an agent.
    select
        *,
        1 as review,
        'handling' as review_type,
        human_minutes as minutes,
        accepted_at as started_at
    from items
    where fate = 'human_only' and human_done_at is not null
    union all by name
    -- Checks of what the AI resolved.
    select
        *,
        1 as review,
        'quality_check' as review_type,
        3.0 as minutes,
        closed_at + interval 4 hours as started_at
    from items
    where fate = 'ai_confirmed'
        and closed_at <= last_event() - interval 5 hours
        and chance(item_key, 'checked', 0.04)
    union all by name
    -- Someone corrected the AI's work, and the item still says that the AI did it.
    select
        *,
        1 as review,
        'handling' as review_type,
        2.0 as minutes,
        closed_at + interval 30 minutes as started_at
    from items
    where fate = 'ai_assumed'
        and closed_at <= last_event() - interval 1 hour
        and chance(item_key, 'corrected', 0.05)
),

timed as (
    select
        *,
        3 * item_key + review as review_key,
        -- One in fourteen was never timed.
        draw(review_key, 'timing') as timing
    from reviews
)

select
    'review_' || review_key as review_id,
    refers(
        'item', item_key, has_item and (not has_conversation or chance(review_key, 'review_names_item', 0.8))
    ) as work_item_id,
    refers('conv', item_key, has_conversation) as conversation_id,
    reviewer_id,
    case
        when review_type = 'quality_check' then 'quality_lead'
        when chance(review_key, 'no_role', 0.03) then null
        else reviewer_role
    end as reviewer_role,
    review_type,
    started_at,
    if(timing < 0.07, null, plus_seconds(started_at, 60 * minutes)) as ended_at,
    if(timing < 0.35, null, round(minutes * 0.95, 2)) as active_minutes,
    loaded(plus_seconds(started_at, 60 * minutes), review_key) as loaded_at
from timed
