-- People rewrite some answers of the AI, mostly where they had to step in; some edits find their way back.
with edits as (
    select
        turns.*,
        plus_seconds(turns.asked_at, 3600 * within(turns.turn_key, 'edited', 0.5, 30)) as edited_at,
        chance(
            turns.turn_key, 'fed_back',
            lanes.edits_fed_back * if(turns.lane = 2 and turns.agent_version = 'v2', 0.5, 1)
        ) as is_fed_back
    from turns
    inner join lanes on turns.lane = lanes.lane
    where turns.has_conversation
        and turns.has_ai
        and chance(turns.turn_key, 'is_edited', if(turns.is_escalated, 0.12, 0.02))
)

select
    'edit_' || turn_key as edit_id,
    'msg_' || (8 * turn_key + 2) as message_id,
    'conv_' || item_key as conversation_id,
    agent_id,
    reviewer_id as editor_id,
    edited_at,
    if(is_fed_back, edited_at + interval 1 day, null) as fed_back_at,
    if(is_fed_back, 'doc_' || (1 + whole(120 * draw(turn_key, 'fed_document'))), null) as kb_document_id,
    loaded(edited_at + if(is_fed_back, interval 1 day, interval 0 day), turn_key) as loaded_at
from edits
where edited_at <= last_event() - interval 1 day
