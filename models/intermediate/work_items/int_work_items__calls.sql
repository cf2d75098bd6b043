select
    work_item_id,
    cast(count(*) as bigint) as api_calls,
    cast(count(case when status = 'error' then 1 end) as bigint) as failed_api_calls,
    cast(count(case when status = 'error' and was_retried then 1 end) as bigint) as retried_api_calls,
    cast(sum(input_tokens) as bigint) as input_tokens,
    cast(sum(cache_read_tokens) as bigint) as cache_read_tokens,
    cast(sum(cache_write_tokens) as bigint) as cache_write_tokens,
    cast(sum(output_tokens) as bigint) as output_tokens,
    cast(sum(total_tokens) as bigint) as total_tokens
from {{ ref('fct_api_calls') }}
where work_item_id is not null
group by work_item_id
