-- for the programme only: invoices name no agent
select
    grain,
    period_start,
    'all' as agent_id,
    -- a provider without calls has a modelled cost of 0, which is no known amount of a call
    {{ as_money(known_sum('case when api_calls > 0 then modelled_cost end', 'unpriced_calls')) }}
        as modelled_cost,
    sum(invoiced_cost) as invoiced_cost
from {{ ref('int_llm_bills__periods') }}
group by grain, period_start
