with

handoffs as (select * from {{ ref('int_work_items__handoffs') }}),

conversation_handoffs as (
    select
        conversation_id,
        handed_off_at
    from handoffs
    where conversation_id is not null
    union all
    -- a hand-off that names only the item belongs to the conversations of the item that it falls into
    select
        conversations.conversation_id,
        handoffs.handed_off_at
    from {{ ref('int_conversations__kept') }} as conversations
    inner join handoffs
        on conversations.work_item_id = handoffs.named_work_item_id
        and handoffs.conversation_id is null
        and conversations.started_at <= handoffs.handed_off_at
        and (conversations.closed_at >= handoffs.handed_off_at or conversations.closed_at is null)
)

select
    conversation_id,
    min(handed_off_at) as first_handed_off_at
from conversation_handoffs
group by conversation_id
