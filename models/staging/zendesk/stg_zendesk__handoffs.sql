with

assignments as (
    select
        changes.ticket_id,
        changes.updated,
        {{ parse_timestamp('changes.updated') }} as assigned_at,
        changes.user_id,
        {{ first_time(['changes._fivetran_synced', 'changes.updated']) }} as loaded_at,
        assignees.ai_agent_id as assigned_ai_agent_id,
        lag(assignees.ai_agent_id) over (
            partition by changes.ticket_id order by {{ parse_timestamp('changes.updated') }}, changes.value
        ) as previous_ai_agent_id
    from {{ raw_table('zendesk', 'ticket_field_history') }} as changes
    left join {{ ref('base_zendesk__users') }} as assignees on changes.value = assignees.user_id
    where changes.field_name = 'assignee_id' and changes.value is not null
),

-- from the AI agent to a person: after its first message, or out of its own queue
transfers as (
    select
        assignments.*,
        tickets.requester_id,
        row_number() over (
            partition by assignments.ticket_id order by assignments.assigned_at, assignments.user_id
        ) as transfer_number
    from assignments
    inner join {{ ref('base_zendesk__tickets') }} as tickets on assignments.ticket_id = tickets.ticket_id
    where
        assignments.assigned_ai_agent_id is null
        and (
            assignments.previous_ai_agent_id is not null
            or assignments.assigned_at >= tickets.first_ai_message_at
        )
)

select
    transfers.ticket_id || '-handoff' as handoff_id,
    transfers.ticket_id as work_item_id,
    transfers.ticket_id as conversation_id,
    case
        when users.ai_agent_id is not null then 'ai'
        when transfers.user_id = transfers.requester_id then 'customer'
        else 'policy'
    end as initiated_by,
    {{ as_text('null') }} as reason,
    transfers.updated as handed_off_at,
    transfers.updated as accepted_at,
    transfers.loaded_at,
    'zendesk' as source_system
from transfers
left join {{ ref('base_zendesk__users') }} as users on transfers.user_id = users.user_id
where transfers.transfer_number = 1
