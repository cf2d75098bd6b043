-- A few items are handed over twice.
with transfers as (
    select
        *,
        unnest(if(chance(item_key, 'handed_twice', 0.05) and accepted_at is not null, [1, 2], [1])) as transfer
    from items
    where has_handoff
)

select
    'handoff_' || (2 * item_key + transfer) as handoff_id,
    if(has_item and not (has_conversation and chance(item_key, 'handoff_subject', 0.2)), 'item_' || item_key, null)
        as work_item_id,
    if(has_conversation and not (has_item and chance(item_key, 'handoff_subject', 0.9) and not
        chance(item_key, 'handoff_subject', 0.8)), 'conv_' || item_key, null) as conversation_id,
    pick(item_key, 'initiated_by', ['ai', 'ai', 'ai', 'ai', 'ai', 'ai', 'customer', 'customer', 'customer', 'policy'])
        as initiated_by,
    case
        when chance(item_key, 'reason', 0.06) then null
        when initiated_by = 'customer' then pick(
            item_key, 'reason_word', ['customer_request', 'asked_for_human', 'wrong_answer', 'fed_up']
        )
        when initiated_by = 'policy' then pick(
            item_key, 'reason_word', ['refund_above_limit', 'approval_required', 'compliance', 'policy_exception']
        )
        when lane = 3 then pick(
            item_key, 'reason_word', ['low_confidence', 'missing_information', 'edge_case', 'wrong_answer', 'Low_Confidence ']
        )
        when lane = 2 and phase = 5 then pick(
            item_key, 'reason_word', ['low_confidence', 'wrong_answer', 'wrong_answer', 'hallucination', 'edge_case']
        )
        else pick(
            item_key, 'reason_word', ['low_confidence', 'edge_case', 'unsupported_request', 'missing_information', 'tool_error']
        )
    end as reason,
    if(transfer = 2, accepted_at, handed_off_at) as handed_off_at,
    if(transfer = 2, null, accepted_at) as accepted_at,
    loaded(coalesce(accepted_at, handed_off_at), item_key) as loaded_at
from transfers
