with

surveys as {{ kept_rows('csat_responses') }},

handed_off as (
    select conversation_id from {{ ref('int_work_items__handoffs') }}
    where conversation_id is not null
    group by conversation_id
)

select
    surveys.survey_id,
    surveys.leg,
    case when surveys.responded_at is not null then surveys.rating end as rating,
    {{ attributed_work_item_id() }} as work_item_id,
    {{ attributed_agent_id() }} as agent_id,
    case
        when {{ attributed_work_item_id() }} is not null then
            case
                when outcomes.outcome in ('ai_confirmed', 'ai_assumed') then 'ai'
                when outcomes.outcome in ('human_after_escalation', 'human_only') then 'human'
            end
        when messages.human_messages > 0 then 'human'
        when messages.ai_messages > 0 and handed_off.conversation_id is null then 'ai'
    end as resolved_side,
    case when {{ attributed_work_item_id() }} is not null then outcomes.work_item_type end as work_item_type,
    case
        when {{ attributed_work_item_id() }} is not null then outcomes.channel
        else named_conversations.channel
    end as channel,
    case
        when {{ attributed_work_item_id() }} is not null then outcomes.topic
        else named_conversations.topic
    end as topic,
    {{ local_date('surveys.prompted_at', 'prompted_calendar') }} as prompted_date,
    case
        when surveys.rating is not null then {{ local_date('surveys.responded_at', 'responded_calendar') }}
    end as answered_date
from surveys
{{ attribution_joins('surveys') }}
left join {{ ref('int_work_items__outcomes') }} as outcomes
    on {{ attributed_work_item_id() }} = outcomes.work_item_id
left join {{ ref('int_conversations__messages') }} as messages
    on surveys.conversation_id = messages.conversation_id
left join handed_off on surveys.conversation_id = handed_off.conversation_id
left join {{ ref('int_calendar__utc_dates') }} as prompted_calendar
    on cast(surveys.prompted_at as date) = prompted_calendar.utc_date
left join {{ ref('int_calendar__utc_dates') }} as responded_calendar
    on cast(surveys.responded_at as date) = responded_calendar.utc_date
