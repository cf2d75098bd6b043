with

usage as (
    select
        {{ period_columns() }},
        calls.provider,
        calls.model,
        cast(sum(calls.api_calls) as bigint) as api_calls,
        {% for tokens in ['input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens'] -%}
        cast(sum(calls.{{ tokens }}) as bigint) as {{ tokens }},
        {% endfor -%}
        {{ as_money('sum(calls.cost)') }} as cost
    from {{ ref('int_model_usage__daily') }} as calls
    {{ period_joins('calls', 'started_date') }}
    group by 1, 2, 3, 4, 5
)

select
    grain,
    period_start,
    agent_id,
    provider,
    model,
    api_calls,
    input_tokens,
    cache_read_tokens,
    cache_write_tokens,
    output_tokens,
    cost,
    {{ share_pct('cost') }} as share_pct
from usage
