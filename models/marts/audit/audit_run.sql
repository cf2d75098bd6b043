select
    data_as_of,
    as_of_date,
    {{ as_text(dbt.string_literal(var('reporting_timezone'))) }} as reporting_timezone,
    cast({{ var('week_start') }} as bigint) as week_start,
    cast({{ var('return_window_hours') }} as bigint) as return_window_hours,
    {{ as_double(var('drift_threshold_pct')) }} as drift_threshold_pct,
    cast({{ var('minimum_sample') }} as bigint) as minimum_sample,
    cast('{{ var('impute_cost_avoidance') | string | lower }}' as boolean) as is_cost_avoidance_imputed,
    {{ as_text(dbt.string_literal(var('expected_cost_layers') | join(', '))) }} as expected_cost_layers
from {{ ref('int_calendar__as_of') }}
