select
    api_call_id,
    agent_id,
    work_item_id,
    provider,
    model,
    service_tier,
    started_at,
    total_tokens,
    case
        when total_tokens is null then 'the call reports no tokens'
        when has_price_row then 'the price row lacks the price of a token bucket in use'
        else 'no price row holds for this provider, model and tier at that time'
    end as reason
from {{ ref('fct_api_calls') }}
where cost_source = 'unpriced'
