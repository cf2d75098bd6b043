with

judged as (
    select
        conversations.*,
        case
            when conversations.close_reason = 'abandoned' then 'abandoned'
            when outcomes.outcome in ('abandoned', 'abandoned_after_escalation') then 'abandoned'
            when outcomes.outcome = 'ai_confirmed' then 'confirmed'
            else 'assumed'
        end as ending_kind,
        case
            when not conversations.is_ai_touched then 'not_ai_touched'
            when conversations.human_messages > 0 then 'human_message'
            when conversations.is_handed_off then 'handed_off'
            when conversations.is_returned then 'returned'
        end as not_deflected_reason,
        conversations.closed_at is not null and conversations.is_identifiable and conversations.is_mature
            as counts_for_deflection
    from {{ ref('int_conversations__flags') }} as conversations
    left join {{ ref('int_work_items__outcomes') }} as outcomes
        on conversations.existing_work_item_id = outcomes.work_item_id
)

select
    judged.conversation_id,
    judged.work_item_id,
    judged.existing_work_item_id,
    judged.agent_id,
    judged.channel,
    judged.topic,
    {{ hashed_id('judged.customer_id') }} as customer_key,
    judged.started_at,
    {{ local_date('judged.started_at', 'started_calendar') }} as started_date,
    judged.closed_at,
    {{ local_date('judged.closed_at', 'closed_calendar') }} as closed_date,
    judged.close_reason,
    case
        when judged.closed_at is null then null
        when judged.is_handed_off then 'handed_off'
        when judged.close_reason in ('abandoned', 'timed_out') then 'abandoned'
        else 'resolved'
    end as ending,
    judged.is_ai_touched,
    judged.is_handed_off,
    judged.is_identifiable,
    judged.is_mature,
    judged.is_returned,
    judged.is_mature_72h,
    judged.is_returned_72h,
    judged.is_mature_7d,
    judged.is_returned_7d,
    judged.counts_for_deflection,
    judged.counts_for_deflection and judged.not_deflected_reason is null as is_deflected,
    judged.not_deflected_reason,
    case when judged.counts_for_deflection and judged.not_deflected_reason is null then judged.ending_kind end
        as deflection_kind,
    case when judged.closed_at is not null then judged.ending_kind end as ending_kind,
    judged.human_joined_at,
    judged.next_conversation_started_at,
    {{ as_double('judged.first_response_seconds') }} as first_response_seconds,
    {{ as_double('judged.handling_seconds') }} / 60 as handling_minutes,
    judged.is_prompted,
    judged.is_answered,
    judged.ai_messages,
    judged.human_messages,
    judged.customer_messages
from judged
left join {{ ref('int_calendar__utc_dates') }} as started_calendar
    on cast(judged.started_at as date) = started_calendar.utc_date
left join {{ ref('int_calendar__utc_dates') }} as closed_calendar
    on cast(judged.closed_at as date) = closed_calendar.utc_date
