-- minutes of work are known where a field of the ticket counts them: each change of it is one stretch of work
select
    changes.ticket_id || '-' || changes.updated as review_id,
    changes.ticket_id as work_item_id,
    changes.ticket_id as conversation_id,
    changes.user_id as reviewer_id,
    {{ as_text('null') }} as reviewer_role,
    case when tickets.ai_agent_id is null then 'handling' else 'escalation' end as review_type,
    changes.updated as started_at,
    {{ as_text('null') }} as ended_at,
    {{ or_as_it_came(ratio(parse_number('changes.value'), '60'), 'changes.value') }} as active_minutes,
    {{ first_time(['changes._fivetran_synced', 'changes.updated']) }} as loaded_at,
    'zendesk' as source_system
from {{ raw_table('zendesk', 'ticket_field_history') }} as changes
inner join {{ ref('stg_settings__identity_paths') }} as paths
    on paths.source_system = 'zendesk'
    and 'ticket_field_history/' || changes.field_name in (
        paths.work_seconds_1, paths.work_seconds_2, paths.work_seconds_3, paths.work_seconds_4, paths.work_seconds_5
    )
left join (  -- noqa: ST05
    select
        ticket_id,
        max(ai_agent_id) as ai_agent_id
    from {{ ref('base_zendesk__tickets') }}
    group by ticket_id
) as tickets on changes.ticket_id = tickets.ticket_id
where changes.value is not null
