with

totals as (
    select
        *,
        coalesce(api_cost, 0) + coalesce(retries_cost, 0) as model_cost,
        coalesce(human_review_cost, 0) as review_cost,
        case when {{ has_any_table(tables_of_cost()) }} then cost end as known_cost
    from {{ ref('int_totals__joined') }}
    where grain = 'month'
)

-- money that no driver carries (calls without processed items, reviews without escalations) counts as fixed
select
    period_start as month,
    agent_id,
    is_complete,
    completed_outcomes,
    {{ as_money('known_cost') }} as cost,
    {{ as_double('processed_items') }} as processed_items,
    {{ as_double(
        'known_cost - case when processed_items > 0 then model_cost else 0 end'
        ~ ' - case when escalated_items > 0 then review_cost else 0 end'
    ) }} as fixed_cost,
    case when known_cost is not null then coalesce({{ ratio('model_cost', 'processed_items') }}, 0) end
        as api_cost_per_item,
    coalesce({{ ratio('escalated_items', 'processed_items') }}, 0) as escalation_rate,
    case when known_cost is not null then coalesce({{ ratio('review_cost', 'escalated_items') }}, 0) end
        as review_cost_per_escalation
from totals
