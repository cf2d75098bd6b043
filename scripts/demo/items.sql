-- One row per piece of work with its whole life up to the last event.
with drawn as (
    select
        arrivals.item_key,
        arrivals.lane,
        arrivals.phase,
        arrivals.is_return,
        arrivals.received_at,
        lanes.agent_id,
        phases.agent_version,
        case
            when arrivals.is_return or not chance(arrivals.item_key, 'anonymous', 0.07)
                then arrivals.customer_id
        end as customer_id,
        case
            when arrivals.is_return or not chance(arrivals.item_key, 'no_topic', 0.03)
                then lanes.topics[arrivals.topic_number]
        end as topic,
        pick(arrivals.item_key, 'channel', lanes.channels) as channel,
        lanes.has_conversation,
        -- A chat that nobody opened a ticket for.
        lanes.agent_id is null or not lanes.has_conversation or not chance(arrivals.item_key, 'no_item', 0.03)
            as has_item,
        'person_' || lanes.lane || '_' || (1 + whole(draw(arrivals.item_key, 'reviewer') * lanes.reviewers))
            as reviewer_id,
        pick(arrivals.item_key, 'reviewer_role', lanes.reviewer_roles) as reviewer_role,
        1 + whole(
            2 * (phases.turns - 1) * draw(arrivals.item_key, 'turns') + draw(arrivals.item_key, 'turns_too')
        ) as turns,
        phases.gap_seconds * within(arrivals.item_key, 'gap', 0.6, 1.4) as gap_seconds,
        phases.reply_seconds,
        phases.review_minutes * within(arrivals.item_key, 'review_minutes', 0.4, 1.6) as human_minutes,
        phases.confirmed,
        phases.abandoned,
        phases.escalated * lanes.topic_difficulty[arrivals.topic_number] * if(arrivals.is_return, 1.4, 1)
            as escalated,
        draw(arrivals.item_key, 'fate') as fate_draw,
        draw(arrivals.item_key, 'fate_too') as fate_draw_too
    from arrivals
    inner join phases on arrivals.phase = phases.phase
    inner join lanes on arrivals.lane = lanes.lane
    where arrivals.received_at <= last_event()
),

fated as (
    select
        *,
        case
            when chance(item_key, 'excluded', 0.015) then 'excluded'
            when fate_draw < abandoned then 'abandoned'
            when agent_id is null then 'human_only'
            when fate_draw < abandoned + escalated and fate_draw_too < 0.86 then 'human_after'
            when fate_draw < abandoned + escalated and fate_draw_too < 0.93 then 'ai_after'
            when fate_draw < abandoned + escalated then 'abandoned_after'
            when chance(item_key, 'confirmed', confirmed) then 'ai_confirmed'
            else 'ai_assumed'
        end as fate
    from drawn
),

timed as (
    select
        *,
        -- Sometimes a person takes over with no hand-off on record, or before the AI has said a word.
        fate in ('human_after', 'ai_after', 'abandoned_after') as is_escalated,
        fate in ('ai_after', 'abandoned_after')
            or (fate = 'human_after' and not chance(item_key, 'no_handoff_record', 0.05)) as has_handoff,
        agent_id is not null and (fate <> 'human_after' or not chance(item_key, 'untouched', 0.05)) as has_ai,
        plus_seconds(
            received_at,
            2 + (turns - 1) * gap_seconds + 3.3 * reply_seconds + within(item_key, 'wrap_up', 2, 9)
        ) as answered_at
    from fated
),

handed as (
    select
        *,
        if(is_escalated, answered_at, null) as handed_off_at,
        case
            when fate = 'human_only' then plus_seconds(received_at, 60 * within(item_key, 'wait', 2, 240))
            when is_escalated then plus_seconds(answered_at, case
                when has_conversation then within(item_key, 'wait', 30, 600)
                else 60 * within(item_key, 'wait', 10, 200)
            end)
        end as accepted_at
    from timed
),

closing as (
    select
        *,
        plus_seconds(accepted_at, 60 * human_minutes) as human_done_at,
        case
            -- A few wait for ever.
            when is_escalated and chance(item_key, 'stuck', 0.006) then null
            when fate in ('human_after', 'human_only', 'ai_after')
                then plus_seconds(accepted_at, 60 * human_minutes + within(item_key, 'closing', 20, 600))
            when fate in ('abandoned', 'abandoned_after', 'excluded')
                then plus_seconds(coalesce(accepted_at, answered_at), 60 * within(item_key, 'closing', 5, 30))
            else answered_at
        end as ends_at
    from handed
)

select
    item_key,
    lane,
    phase,
    agent_id,
    agent_version,
    is_return,
    received_at,
    customer_id,
    topic,
    channel,
    has_conversation,
    has_item,
    has_ai,
    has_handoff and handed_off_at <= last_event() as has_handoff,
    is_escalated,
    reviewer_id,
    reviewer_role,
    turns,
    gap_seconds,
    human_minutes,
    fate,
    handed_off_at,
    if(accepted_at <= last_event(), accepted_at, null) as accepted_at,
    if(human_done_at <= last_event(), human_done_at, null) as human_done_at,
    if(ends_at <= last_event(), ends_at, null) as closed_at
from closing;
