-- only providers that sent an invoice can be compared, and only for the programme: invoices name no agent
select
    grain,
    period_start,
    'all' as agent_id,
    sum(modelled_cost) as invoiced_modelled_cost,
    sum(invoiced_cost) as invoiced_cost
from {{ ref('int_llm_bills__periods') }}
where invoiced_cost is not null
group by grain, period_start
