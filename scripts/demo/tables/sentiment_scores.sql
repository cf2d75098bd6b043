-- One in five customer messages is scored.
select
    'score_' || turns.turn_key as score_id,
    'conv_' || turns.item_key as conversation_id,
    'msg_' || (8 * turns.turn_key + 1) as message_id,
    round(greatest(0, least(1, phases.negativity + within(turns.turn_key, 'sentiment', -0.25, 0.25))), 3)
        as negative_score,
    'sentiment_small' as scorer,
    plus_seconds(turns.asked_at, 1) as scored_at,
    loaded(turns.asked_at, turns.turn_key) as loaded_at
from turns
inner join phases on turns.phase = phases.phase
where turns.has_conversation and chance(turns.turn_key, 'scored', 0.2)
