with

source_amounts as (
    select
        case when is_retry then 'retries' else 'api' end as cost_layer,
        started_date as cost_date,
        cost as amount
    from {{ ref('fct_api_calls') }}
    union all
    select
        'human_review' as cost_layer,
        started_date as cost_date,
        cost as amount
    from {{ ref('int_work_items__reviews') }}
    union all
    select
        cost_layer,
        cost_date,
        amount
    from {{ ref('int_bills__daily') }}
    where cost_layer <> 'llm_api'
),

sources as (
    select
        cost_layer,
        cost_date,
        sum(amount) as amount
    from source_amounts
    where amount is not null
    group by cost_layer, cost_date
),

ledger as (
    select
        cost_layer,
        cost_date,
        sum(amount) as amount
    from {{ ref('fct_cost_ledger') }}
    group by cost_layer, cost_date
)

select
    coalesce(sources.cost_layer, ledger.cost_layer) as cost_layer,
    coalesce(sources.cost_date, ledger.cost_date) as cost_date,
    sources.amount as source_amount,
    ledger.amount as ledger_amount
from sources
full outer join ledger on sources.cost_layer = ledger.cost_layer and sources.cost_date = ledger.cost_date
where sources.amount is null or ledger.amount is null or sources.amount <> ledger.amount
