-- for the programme only: invoices name no agent
select
    grain,
    period_start,
    'all' as agent_id,
    -- as for one provider: 0 without calls, NULL where no call has a known cost
    {{ as_money('case when sum(api_calls) = 0 or sum(api_calls) > sum(unpriced_calls)
        then sum(coalesce(modelled_cost, 0)) end') }} as modelled_cost,
    sum(invoiced_cost) as invoiced_cost
from {{ ref('int_llm_bills__periods') }}
group by grain, period_start
