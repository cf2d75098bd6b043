-- billing_assistant asks after nearly every ending; order_support hardly asks those who had a bad one.
with prompted as (
    select
        items.*,
        if(items.is_escalated or items.agent_id is null, 'human', 'ai') as leg,
        plus_seconds(items.closed_at, within(items.item_key, 'prompt', 5, 90)) as prompted_at,
        plus_seconds(items.closed_at, 60 * within(items.item_key, 'response', 2, 900)) as responded_at,
        if(leg = 'ai', phases.good_ratings, 0.95) as good_ratings
    from items
    inner join phases on items.phase = phases.phase
    where items.closed_at <= last_event() - interval 2 minutes
        and items.fate <> 'excluded'
        and chance(items.item_key, 'prompts', case
            when items.lane = 2 and items.fate = 'abandoned' then 0.05
            when items.lane = 2 and items.is_escalated then 0.20
            when items.fate = 'abandoned' then 0.70
            else 0.80
        end)
),

answered as (
    select
        *,
        responded_at <= last_event() and chance(
            item_key, 'answers', if(fate in ('abandoned', 'abandoned_after'), 0.15, 0.45)
        ) as is_answered
    from prompted
)

select
    'survey_' || item_key as survey_id,
    refers(
        'item', item_key, has_item and (not has_conversation or chance(item_key, 'survey_names_item', 0.7))
    ) as work_item_id,
    refers('conv', item_key, has_conversation) as conversation_id,
    leg,
    prompted_at,
    if(is_answered, responded_at, null) as responded_at,
    case
        when not is_answered then null
        when chance(item_key, 'rating', good_ratings * 0.7) then 5.0
        when chance(item_key, 'rating', good_ratings) then 4.0
        when chance(item_key, 'rating', good_ratings + (1 - good_ratings) * 0.5) then 3.0
        when chance(item_key, 'rating', good_ratings + (1 - good_ratings) * 0.6) then 2.5
        else 1 + whole(2 * draw(item_key, 'bad_rating'))
    end as rating,
    loaded(if(is_answered, responded_at, prompted_at), item_key) as loaded_at
from answered
