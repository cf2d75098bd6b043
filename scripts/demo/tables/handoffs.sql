-- A few items are handed over twice. Most hand-offs name item and conversation, some only one of them.
with transfers as (
    select
        *,
        unnest(if(accepted_at is not null and chance(item_key, 'twice', 0.05), [1, 2], [1])) as transfer,
        draw(item_key, 'handoff_names') as names_draw,
        draw(item_key, 'initiated_by') as initiated_draw
    from items
    where has_handoff
)

select
    'handoff_' || (2 * item_key + transfer) as handoff_id,
    refers('item', item_key, has_item and (not has_conversation or names_draw >= 0.2)) as work_item_id,
    refers('conv', item_key, has_conversation and (not has_item or names_draw < 0.9)) as conversation_id,
    case when initiated_draw < 0.6 then 'ai' when initiated_draw < 0.9 then 'customer' else 'policy' end
        as initiated_by,
    -- The seed handoff_reasons knows most of these words, not tool_error and fed_up.
    case
        when chance(item_key, 'no_reason', 0.06) then null
        when initiated_by = 'customer'
            then pick(item_key, 'reason', ['customer_request', 'asked_for_human', 'wrong_answer', 'fed_up'])
        when initiated_by = 'policy' then pick(
            item_key, 'reason', ['refund_above_limit', 'approval_required', 'compliance', 'policy_exception']
        )
        when lane = 3 then pick(
            item_key, 'reason',
            ['low_confidence', 'missing_information', 'edge_case', 'wrong_answer', 'Low_Confidence ']
        )
        when lane = 2 and agent_version = 'v2' then pick(
            item_key, 'reason',
            ['wrong_answer', 'wrong_answer', 'hallucination', 'low_confidence', 'edge_case']
        )
        else pick(
            item_key, 'reason',
            ['low_confidence', 'edge_case', 'unsupported_request', 'missing_information', 'tool_error']
        )
    end as reason,
    if(transfer = 2, accepted_at, handed_off_at) as handed_off_at,
    if(transfer = 2, null, accepted_at) as accepted_at,
    loaded(coalesce(accepted_at, handed_off_at), item_key) as loaded_at
from transfers
