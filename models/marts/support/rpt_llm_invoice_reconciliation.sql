select
    period_start as month,
    provider,
    modelled_cost,
    reported_cost,
    provider_report_cost,
    invoiced_cost,
    {{ as_money('invoiced_cost - modelled_cost') }} as gap,
    100 * {{ ratio('invoiced_cost - modelled_cost', 'invoiced_cost') }} as gap_pct,
    unpriced_calls,
    calls_without_tokens
from {{ ref('int_llm_bills__periods') }}
where grain = 'month'
