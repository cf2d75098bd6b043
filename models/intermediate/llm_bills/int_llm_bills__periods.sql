select
    days.grain,
    days.period_start,
    bills.provider,
    {{ as_money(known_sum('bills.modelled_cost', 'bills.unpriced_calls')) }} as modelled_cost,
    {{ as_money('coalesce(sum(bills.reported_cost), 0)') }} as reported_cost,
    {{ as_money('sum(bills.provider_report_cost)') }} as provider_report_cost,
    {{ as_money('coalesce(sum(bills.invoice_cost), sum(bills.provider_report_cost))') }} as invoiced_cost,
    cast(sum(bills.api_calls) as bigint) as api_calls,
    cast(sum(bills.unpriced_calls) as bigint) as unpriced_calls,
    cast(sum(bills.calls_without_tokens) as bigint) as calls_without_tokens
from {{ ref('int_llm_bills__daily') }} as bills
inner join {{ ref('int_periods__days') }} as days on bills.cost_date = days.local_date
group by days.grain, days.period_start, bills.provider
