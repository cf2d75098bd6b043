-- One row per turn: a customer's message and its answer, or one step of work on a claim or a loan file.
create or replace table turns as
with numbered as (
    select
        *,
        unnest(range(turns)) as turn
    from items
),

asked as (
    select
        *,
        16 * item_key + turn as turn_key,
        plus_seconds(received_at, 2 + turn * gap_seconds) as asked_at
    from numbered
)

select
    asked.turn_key,
    asked.item_key,
    asked.turn,
    asked.lane,
    asked.phase,
    asked.agent_id,
    asked.agent_version,
    asked.has_item,
    asked.has_conversation,
    asked.has_ai,
    asked.is_escalated,
    asked.customer_id,
    asked.reviewer_id,
    asked.asked_at,
    1 + if(chance(turn_key, 'failure', phases.failures), 1, 0)
        + if(chance(turn_key, 'failure', pow(phases.failures, 2)), 1, 0) as attempts,
    phases.reply_seconds * within(turn_key, 'seconds', 0.5, 1.5) as attempt_seconds,
    asked.has_ai and chance(turn_key, 'looks_up', phases.lookups) as looks_up
from asked
inner join phases on asked.phase = phases.phase
where asked.asked_at <= last_event();
