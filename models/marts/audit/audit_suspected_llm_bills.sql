with

patterns as (
    select
        lower(trim(vendor)) as vendor,
        lower(trim(service)) as service
    from {{ ref('llm_services') }}
),

bills as {{ kept_rows('infra_costs') }}

-- a pattern row matches where each pattern it gives matches
select
    bills.cost_id,
    bills.cost_layer,
    bills.vendor,
    bills.service,
    bills.charge_start,
    bills.charge_end,
    bills.amount,
    {{ currency_code('bills.currency') }} as currency
from bills
where
    bills.cost_layer <> 'llm_api'
    and exists (
        select 1 from patterns
        where
            (
                patterns.vendor is null or patterns.vendor = ''
                or lower(trim(bills.vendor)) like patterns.vendor
            )
            and (
                patterns.service is null or patterns.service = ''
                or lower(trim(bills.service)) like patterns.service
            )
            and coalesce(nullif(patterns.vendor, ''), nullif(patterns.service, '')) is not null
    )
