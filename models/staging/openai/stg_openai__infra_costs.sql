with

cost_lines as (
    {{ report_lines(
        'openai', 'costs', 'start_time', 'end_time', ['amount', 'currency', 'line_item', 'project_id'],
        nested={'amount': 'amount/value', 'currency': 'amount/currency'}
    ) }}
),

usage_lines as (
    {{ report_lines('openai', 'usage', 'start_time', 'end_time', [
        'input_tokens', 'input_cached_tokens', 'output_tokens', 'model', 'batch', 'project_id', 'user_id',
        'api_key_id',
    ]) }}
),

costed_days as (
    select cast({{ instant('starts_at') }} as date) as cost_date
    from cost_lines
    group by 1
),

typed_usage as (
    select
        *,
        {{ row_hash(['starts_at', 'ends_at', 'model', 'batch', 'project_id', 'user_id', 'api_key_id']) }}
            as line_hash,
        {{ instant('starts_at') }} as started_at,
        {{ parse_integer('input_tokens') }} as input_count,
        {{ parse_integer('input_cached_tokens') }} as cached_count,
        {{ parse_integer('output_tokens') }} as output_count
    from usage_lines
),

lines as (
    select
        {{ row_hash(['starts_at', 'ends_at', 'line_item', 'project_id']) }} as line_hash,
        starts_at,
        ends_at,
        amount,
        currency,
        loaded_at
    from cost_lines
    union all
    -- usage stands in for days without a cost report, at list prices; its input includes the cached tokens
    select
        typed_usage.line_hash,
        typed_usage.starts_at,
        typed_usage.ends_at,
        {{ as_text(priced_usage([
            (uncached_tokens('typed_usage.input_count', 'typed_usage.cached_count', '0'), 'input'),
            ('typed_usage.cached_count', 'cache_read'), ('typed_usage.output_count', 'output'),
        ])) }} as amount,
        'USD' as currency,
        typed_usage.loaded_at
    from typed_usage
    left join {{ ref('stg_settings__model_prices') }} as prices
        on prices.provider = 'openai' and typed_usage.model = prices.model
        and prices.service_tier = case when {{ is_yes('typed_usage.batch') }} then 'batch' else 'standard' end
        and {{ is_valid_on('typed_usage.started_at', 'prices') }}
    where not exists (
        select 1 from costed_days
        where costed_days.cost_date = cast(typed_usage.started_at as date)
    )
)

{{ cost_report_lines('openai', '1') }}
