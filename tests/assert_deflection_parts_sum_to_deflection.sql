select
    grain,
    period_start,
    agent_id,
    deflected_conversations,
    deflected_confirmed,
    deflected_assumed,
    deflected_abandoned
from {{ ref('int_totals__closed_conversations') }}
where deflected_conversations <> deflected_confirmed + deflected_assumed + deflected_abandoned
