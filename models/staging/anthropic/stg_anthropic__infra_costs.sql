with

cost_lines as (
    {{ report_lines('anthropic', 'cost_report', 'starting_at', 'ending_at', [
        'amount', 'currency', 'description', 'cost_type', 'token_type', 'model', 'service_tier',
        'context_window', 'workspace_id',
    ]) }}
),

usage_lines as (
    {{ report_lines('anthropic', 'usage_report', 'starting_at', 'ending_at', [
        'uncached_input_tokens', 'cache_read_input_tokens', 'cache_creation_5m_input_tokens',
        'cache_creation_1h_input_tokens', 'cache_creation', 'output_tokens', 'model', 'service_tier',
        'workspace_id', 'api_key_id',
    ]) }}
),

costed_days as (
    select cast({{ parse_timestamp('starts_at') }} as date) as cost_date
    from cost_lines
    group by 1
),

-- the writes of a cache stand flat or nested
typed_usage as (
    select
        *,
        {{ row_hash(['starts_at', 'ends_at', 'model', 'service_tier', 'workspace_id', 'api_key_id']) }}
            as line_hash,
        {{ parse_timestamp('starts_at') }} as started_at,
        {{ parse_integer('uncached_input_tokens') }} as input_count,
        {{ parse_integer('cache_read_input_tokens') }} as cache_read_count,
        {{ parse_integer('output_tokens') }} as output_count,
        {% for age in ['5m', '1h'] -%}
        {%- set nested = json_text_at('cache_creation', "'/ephemeral_" ~ age ~ "_input_tokens'") -%}
        {{ parse_integer('coalesce(cache_creation_' ~ age ~ '_input_tokens, ' ~ nested ~ ')') }}
            as write_{{ age }}_count{{ ',' if not loop.last }}
        {% endfor %}
    from usage_lines
),

lines as (
    select
        {{ row_hash([
            'starts_at', 'ends_at', 'description', 'cost_type', 'token_type', 'model', 'service_tier',
            'context_window', 'workspace_id',
        ]) }} as line_hash,
        starts_at,
        ends_at,
        amount,
        currency,
        loaded_at
    from cost_lines
    union all
    -- usage stands in for days without a cost report, at list prices in cents; an hour's write costs twice
    -- the input
    select
        typed_usage.line_hash,
        typed_usage.starts_at,
        typed_usage.ends_at,
        {{ as_text(priced_usage([
            ('typed_usage.input_count', 'input'), ('typed_usage.cache_read_count', 'cache_read'),
            ('typed_usage.write_5m_count', 'cache_write'), ('2 * typed_usage.write_1h_count', 'input'),
            ('typed_usage.output_count', 'output'),
        ]) ~ ' * 100') }} as amount,
        'USD' as currency,
        typed_usage.loaded_at
    from typed_usage
    left join {{ ref('stg_settings__model_prices') }} as prices
        on prices.provider = 'anthropic' and typed_usage.model = prices.model
        and prices.service_tier = coalesce({{ call_service_tier('typed_usage.service_tier') }}, 'standard')
        and {{ is_valid_on('typed_usage.started_at', 'prices') }}
    where not exists (
        select 1 from costed_days
        where costed_days.cost_date = cast(typed_usage.started_at as date)
    )
)

{{ cost_report_lines('anthropic', '0.01') }}
