with

human_messages as (
    select
        messages.sender_id,
        {{ local_date('messages.sent_at', 'calendar') }} as worked_date,
        conversations.subject_agent_id as agent_id
    from {{ kept_rows('messages') }} as messages
    left join {{ ref('int_conversations__kept') }} as conversations
        on messages.conversation_id = conversations.conversation_id
    left join {{ ref('int_calendar__utc_dates') }} as calendar
        on cast(messages.sent_at as date) = calendar.utc_date
    where messages.sender_type = 'human' and messages.sender_id is not null
),

work as (
    select
        reviewer_id as person_id,
        started_date as worked_date,
        agent_id,
        1 as reviews,
        minutes
    from {{ ref('int_work_items__reviews') }}
    union all
    select
        sender_id as person_id,
        worked_date,
        agent_id,
        0 as reviews,
        cast(null as {{ type_money() }}) as minutes
    from human_messages
),

daily as (
    select
        person_id,
        worked_date,
        agent_id,
        sum(reviews) as reviews,
        sum(minutes) as minutes
    from work
    group by person_id, worked_date, agent_id
)

select
    {{ period_columns() }},
    cast(count(distinct daily.person_id) as bigint) as active_human_agents,
    -- NULL where reviews exist and none has a known time
    case when count(daily.minutes) > 0 or sum(daily.reviews) = 0 then coalesce(sum(daily.minutes), 0) end
        as human_minutes
from daily
{{ period_joins('daily', 'worked_date') }}
group by 1, 2, 3
