-- One in six look-ups is labelled with the document that should have come first.
with lookups as (
    select
        turns.*,
        1 + whole(120 * pow(draw(turn_key, 'document'), 2)) as document,
        chance(turn_key, 'labelled', 0.17) as is_labelled,
        chance(turn_key, 'kb_hit', phases.kb_hits) as is_hit
    from turns
    inner join phases on turns.phase = phases.phase
    where turns.looks_up
)

select
    'lookup_' || turn_key as retrieval_id,
    agent_id,
    refers(
        'item', item_key, has_item and (not has_conversation or chance(turn_key, 'lookup_names_item', 0.8))
    ) as work_item_id,
    refers('conv', item_key, has_conversation) as conversation_id,
    plus_seconds(asked_at, 0.15) as retrieved_at,
    'doc_' || document as top_document_id,
    if(is_labelled, 'doc_' || (document + if(is_hit, 0, 1)), null) as expected_document_id,
    loaded(asked_at, turn_key) as loaded_at
from lookups
