select
    ticket_id as work_item_id,
    ai_agent_id as agent_id,
    type as work_item_type,
    channel,
    customer_id,
    topic,
    created_at as received_at,
    case when status in ('solved', 'closed') or is_excluded then finished_at end as closed_at,
    case
        when is_excluded then 'excluded'
        when status in ('solved', 'closed') then 'completed'
        when status in ('new', 'open', 'pending', 'hold', 'on-hold') then 'open'
        else status
    end as status,
    case
        when status not in ('solved', 'closed') or is_excluded then null
        when ai_agent_id is not null and not has_human_reply then 'ai'
        else 'human'
    end as resolved_by,
    -- Zendesk does not ask the customer whether it was solved
    case when status in ('solved', 'closed') and ai_agent_id is not null then 'assumed' end
        as resolution_evidence,
    {{ as_text('null') }} as agent_version,
    loaded_at,
    'zendesk' as source_system
from {{ ref('base_zendesk__tickets') }}
