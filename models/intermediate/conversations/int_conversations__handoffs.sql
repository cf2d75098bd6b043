with

handoffs as (select * from {{ ref('int_work_items__handoffs') }})

select conversation_id
from handoffs
where conversation_id is not null

union

select conversations.conversation_id
from {{ ref('int_conversations__kept') }} as conversations
inner join handoffs
    on conversations.work_item_id = handoffs.named_work_item_id
    and handoffs.conversation_id is null
    and handoffs.handed_off_at >= conversations.started_at
    and (handoffs.handed_off_at <= conversations.closed_at or conversations.closed_at is null)
