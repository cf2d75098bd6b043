select
    trim(provider) as provider,
    trim(model) as model,
    coalesce(nullif(lower(trim(service_tier)), ''), 'standard') as service_tier,
    cast(valid_from as timestamp) as valid_from,
    cast(valid_to as timestamp) as valid_to,
    {{ usd_per_token('input_usd_per_million') }} as input_usd,
    {{ usd_per_token('cache_read_usd_per_million') }} as cache_read_usd,
    {{ usd_per_token('cache_write_usd_per_million') }} as cache_write_usd,
    {{ usd_per_token('output_usd_per_million') }} as output_usd
from {{ ref('model_prices') }}
