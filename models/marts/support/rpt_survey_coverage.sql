with

conversations as (select * from {{ ref('fct_conversations') }} where closed_at is not null),

endings as (
    select
        days.period_start as month,
        members.agent_id,
        conversations.ending,
        cast(count(*) as bigint) as closed_conversations,
        {{ count_where('conversations.is_prompted') }} as prompted_conversations,
        {{ count_where('conversations.is_answered') }} as answered
    from conversations
    {{ period_joins('conversations', 'closed_date') }}
    where days.grain = 'month'
    group by 1, 2, 3
),

covered as (
    select
        *,
        100 * {{ ratio('prompted_conversations', 'closed_conversations') }} as prompt_coverage_pct,
        100 * {{ ratio('answered', 'prompted_conversations') }} as response_rate_pct
    from endings
)

select
    covered.month,
    covered.agent_id,
    covered.ending,
    covered.closed_conversations,
    covered.prompted_conversations,
    covered.prompt_coverage_pct,
    covered.answered,
    covered.response_rate_pct,
    coalesce(
        covered.ending <> 'resolved' and covered.prompt_coverage_pct < resolved.prompt_coverage_pct / 2, false
    ) as is_biased
from covered
left join covered as resolved
    on covered.month = resolved.month
    and covered.agent_id = resolved.agent_id
    and resolved.ending = 'resolved'
