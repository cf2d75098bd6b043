select
    'conv_' || item_key as conversation_id,
    refers('item', item_key, has_item) as work_item_id,
    agent_id,
    channel,
    customer_id,
    topic,
    received_at as started_at,
    closed_at,
    case
        when closed_at is null then null
        when is_escalated then 'handed_off'
        when fate = 'abandoned' then if(chance(item_key, 'close_reason', 0.7), 'abandoned', 'timed_out')
        when fate = 'excluded' then 'spam'
        -- The bot calls it solved; the customer had given up.
        when fate = 'ai_assumed' and chance(item_key, 'close_reason', 0.12) then 'abandoned'
        else 'resolved'
    end as close_reason,
    loaded(coalesce(closed_at, received_at), item_key) as loaded_at
from items
where has_conversation
