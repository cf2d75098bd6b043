select
    trim(reviewer_role) as reviewer_role,
    cast(valid_from as timestamp) as valid_from,
    cast(valid_to as timestamp) as valid_to,
    hourly_rate_usd
from {{ ref('reviewer_rates') }}
