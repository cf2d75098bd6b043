select
    source_system,
    call_rule as rule,
    call_action as action,
    cast(count(*) as bigint) as calls,
    cast(sum(total_tokens) as bigint) as tokens,
    {{ as_money('sum(coalesce(reported_cost_usd, list_cost))') }} as cost
from {{ ref('int_api_calls__priced') }}
where call_rule is not null
group by source_system, call_rule, call_action
