-- for the programme only: invoices name no agent
select
    grain,
    period_start,
    'all' as agent_id,
    sum(modelled_cost) as modelled_cost,
    sum(invoiced_cost) as invoiced_cost
from {{ ref('int_llm_bills__periods') }}
group by grain, period_start
