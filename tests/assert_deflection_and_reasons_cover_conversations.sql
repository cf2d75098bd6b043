-- deflected ones and each reason against it make up the closed, identifiable,
-- mature conversations, everywhere
with

conversations as (select * from {{ ref('fct_conversations') }} where not_deflected_reason is not null),

not_deflected as (
    select
        {{ period_columns() }},
        count(*) as conversations
    from conversations
    {{ period_joins('conversations', 'closed_date') }}
    where conversations.counts_for_deflection
    group by 1, 2, 3
)

select
    totals.grain,
    totals.period_start,
    totals.agent_id,
    totals.mature_conversations,
    totals.deflected_conversations,
    not_deflected.conversations as not_deflected_conversations
from {{ ref('int_totals__closed_conversations') }} as totals
left join not_deflected
    on totals.grain = not_deflected.grain
    and totals.period_start = not_deflected.period_start
    and totals.agent_id = not_deflected.agent_id
where totals.mature_conversations <> totals.deflected_conversations + coalesce(not_deflected.conversations, 0)
