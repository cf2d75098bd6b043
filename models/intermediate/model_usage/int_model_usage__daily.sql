-- the one read of the calls for every breakdown by model, failure type or driver
select
    api_calls.started_date,
    api_calls.agent_id,
    api_calls.provider,
    api_calls.model,
    api_calls.is_retry,
    coalesce(work_items.outcome = 'human_only', false) as is_human_only,
    case
        when api_calls.status = 'error' and api_calls.was_retried then coalesce(api_calls.error_type, 'other')
    end as retried_error_type,
    cast(count(*) as bigint) as api_calls,
    cast(sum(api_calls.input_tokens) as bigint) as input_tokens,
    cast(sum(api_calls.cache_read_tokens) as bigint) as cache_read_tokens,
    cast(sum(api_calls.cache_write_tokens) as bigint) as cache_write_tokens,
    cast(sum(api_calls.output_tokens) as bigint) as output_tokens,
    cast(count(api_calls.cost) as bigint) as costed_calls,
    cast(sum(case when api_calls.cost is not null then api_calls.total_tokens end) as bigint)
        as costed_tokens,
    {{ as_money('sum(api_calls.cost)') }} as cost
from {{ ref('fct_api_calls') }} as api_calls
left join {{ ref('int_work_items__outcomes') }} as work_items
    on api_calls.work_item_id = work_items.work_item_id
group by 1, 2, 3, 4, 5, 6, 7
