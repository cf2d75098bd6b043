with

driver_rows as (
    select
        'tokens' as driver,
        started_date as cost_date,
        work_item_id,
        cast(sum(total_tokens) as bigint) as quantity
    from {{ ref('fct_api_calls') }}
    where work_item_id is not null and total_tokens > 0
    group by started_date, work_item_id
    union all
    select
        'api_calls' as driver,
        started_date as cost_date,
        work_item_id,
        cast(count(*) as bigint) as quantity
    from {{ ref('fct_api_calls') }}
    where work_item_id is not null
    group by started_date, work_item_id
    union all
    select
        'kb_retrievals' as driver,
        retrieved_date as cost_date,
        work_item_id,
        cast(count(*) as bigint) as quantity
    from {{ ref('int_conversations__kb_retrievals') }}
    where work_item_id is not null
    group by retrieved_date, work_item_id
    union all
    select
        'ai_outcomes' as driver,
        closed_date as cost_date,
        work_item_id,
        cast(1 as bigint) as quantity
    from {{ ref('int_work_items__dated') }}
    where is_ai_outcome
)

select
    driver_rows.driver,
    driver_rows.cost_date,
    driver_rows.work_item_id,
    driver_rows.quantity,
    work_items.agent_id,
    work_items.outcome = 'human_only' as is_human_only
from driver_rows
inner join {{ ref('int_work_items__outcomes') }} as work_items
    on driver_rows.work_item_id = work_items.work_item_id
