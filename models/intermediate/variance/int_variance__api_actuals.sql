with

calls as (
    select
        {{ period_start_of('month', 'calls.started_date') }} as month,
        members.agent_id,
        sum(case when not calls.is_retry then calls.costed_calls end) as first_calls,
        sum(case when not calls.is_retry then calls.costed_tokens end) as first_tokens,
        sum(case when not calls.is_retry then calls.cost end) as first_cost,
        sum(calls.cost) as cost
    from {{ ref('int_model_usage__daily') }} as calls
    inner join {{ ref('int_periods__agents') }} as members on calls.agent_id = members.member_agent_id
    where not calls.is_human_only
    group by 1, 2
),

factors as (
    select
        actuals.month,
        actuals.agent_id,
        actuals.api_cost_per_item,
        {{ ratio('calls.first_calls', 'actuals.processed_items') }} as calls_per_item,
        {{ ratio('calls.first_tokens', 'calls.first_calls') }} as tokens_per_call,
        {{ ratio('calls.first_cost', 'calls.first_tokens') }} as price_per_token,
        {{ ratio('calls.cost', 'calls.first_cost') }} as retry_factor
    from {{ ref('int_variance__actuals') }} as actuals
    left join calls on actuals.month = calls.month and actuals.agent_id = calls.agent_id
),

judged as (
    select
        *,
        calls_per_item * tokens_per_call * price_per_token * retry_factor is not null as is_product
    from factors
)

-- the four factors multiply to the model spend per item; where one is not defined (say, spend without tokens)
-- all of it stands beside them
select
    month,
    agent_id,
    api_cost_per_item,
    {% for factor in api_cost_factors() -%}
    case when is_product then {{ factor }} when api_cost_per_item is not null then 0 end as {{ factor }},
    {% endfor -%}
    case when is_product then 0 else api_cost_per_item end as other_api_cost_per_item
from judged
