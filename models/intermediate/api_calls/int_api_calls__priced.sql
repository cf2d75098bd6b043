{# A view: one more table at the grain of calls would cost more than reading them again. #}
{{ config(materialized='view') }}

with

-- calls that a rule leaves out are priced too: their cost stays visible
api_calls as (select * from {{ ref('int_records__api_calls') }} where record_state in ('kept', 'excluded')),

with_prices as (
    select
        api_calls.*,
        {% for bucket in ['input', 'cache_read', 'cache_write', 'output'] -%}
        case
            when tier_prices.provider is not null then tier_prices.{{ bucket }}_usd
            else standard_prices.{{ bucket }}_usd
        end as {{ bucket }}_usd,
        {% endfor -%}
        tier_prices.provider is null and standard_prices.provider is not null as is_standard_price,
        coalesce(tier_prices.provider, standard_prices.provider) is not null as has_price_row,
        coalesce(
            api_calls.input_tokens, api_calls.cache_read_tokens,
            api_calls.cache_write_tokens, api_calls.output_tokens
        ) is not null as has_tokens
    from api_calls
    left join {{ ref('stg_settings__model_prices') }} as tier_prices
        on api_calls.provider = tier_prices.provider
        and api_calls.model = tier_prices.model
        and api_calls.service_tier = tier_prices.service_tier
        and {{ is_valid_on('api_calls.started_at', 'tier_prices') }}
    left join {{ ref('stg_settings__model_prices') }} as standard_prices
        on api_calls.provider = standard_prices.provider
        and api_calls.model = standard_prices.model
        and standard_prices.service_tier = 'standard'
        and {{ is_valid_on('api_calls.started_at', 'standard_prices') }}
)

select
    *,
    case when has_tokens then
        coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0)
        + coalesce(cache_write_tokens, 0) + coalesce(output_tokens, 0)
    end as total_tokens,
    case when has_price_row and has_tokens then
        {{ bucket_cost('input') }} + {{ bucket_cost('cache_read') }}
        + {{ bucket_cost('cache_write') }} + {{ bucket_cost('output') }}
    end as list_cost,
    -- what caching saved: reads at less than the input price, less writes at more than it
    case when has_price_row and coalesce(cache_read_tokens, cache_write_tokens) is not null then
        {{ cache_effect('cache_read_tokens', 'input_usd - cache_read_usd') }}
        - {{ cache_effect('cache_write_tokens', 'cache_write_usd - input_usd') }}
    end as cache_saving
from with_prices
