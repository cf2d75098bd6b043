with

policies as (
    select
        trim(policy_id) as policy_id,
        '|' || replace(counted_kinds, ' ', '') || '|' as counted_kinds,
        coalesce(window_hours, {{ var('return_window_hours') }}) * 3600 as window_seconds,
        take_back_on_return,
        trim(denominator) as denominator
    from {{ ref('resolution_policies') }}
),

conversations as (
    select
        conversations.*,
        {{ seconds_between('conversations.closed_at', 'as_of.data_as_of') }} as seconds_since_close,
        {{ seconds_between('conversations.started_at', 'conversations.human_joined_at') }}
            as seconds_to_human,
        {{ seconds_between('conversations.closed_at', 'conversations.next_conversation_started_at') }}
            as seconds_to_return
    from {{ ref('fct_conversations') }} as conversations
    cross join {{ ref('int_calendar__as_of') }} as as_of
    where conversations.closed_at is not null
),

-- the same conversations under each rule
judged as (
    select
        policies.policy_id,
        policies.counted_kinds,
        conversations.closed_date,
        conversations.agent_id,
        case
            when not conversations.is_ai_touched then null
            when conversations.human_joined_at is null then conversations.ending_kind
            when conversations.seconds_to_human > policies.window_seconds then 'late_human'
        end as kind,
        policies.take_back_on_return
        and coalesce(conversations.seconds_to_return <= policies.window_seconds, false) as is_taken_back
    from conversations
    cross join policies
    where
        conversations.seconds_since_close >= policies.window_seconds
        and (
            policies.denominator = 'closed'
            or (policies.denominator = 'ai_touched' and conversations.is_ai_touched)
            or (policies.denominator = 'identifiable' and conversations.is_identifiable)
        )
),

daily as (
    select
        policy_id,
        closed_date,
        agent_id,
        {{ count_where("counted_kinds like '%|' || kind || '|%' and not is_taken_back") }} as resolved,
        count(*) as conversations
    from judged
    group by policy_id, closed_date, agent_id
)

select
    {{ period_columns() }},
    daily.policy_id,
    cast(sum(daily.resolved) as bigint) as numerator,
    cast(sum(daily.conversations) as bigint) as denominator,
    100 * {{ ratio('sum(daily.resolved)', 'sum(daily.conversations)') }} as rate_pct
from daily
{{ period_joins('daily', 'closed_date') }}
group by 1, 2, 3, 4
