select
    upper(trim(currency)) as currency,
    cast(valid_from as timestamp) as valid_from,
    cast(valid_to as timestamp) as valid_to,
    usd_per_unit
from {{ ref('currency_rates') }}
where upper(trim(currency)) <> 'USD'

union all

select
    'USD' as currency,
    cast(null as timestamp) as valid_from,
    cast(null as timestamp) as valid_to,
    cast(1 as decimal(18, 6)) as usd_per_unit
