{#- What tells one charge from another; FOCUS has no id of a charge. -#}
{%- set charge_columns = [
    'BillingPeriodStart', 'ChargePeriodStart', 'ChargePeriodEnd', 'ChargeCategory', 'ChargeClass',
    'ChargeFrequency', 'ChargeDescription', 'ServiceProviderName', 'ProviderName', 'PublisherName',
    'ServiceCategory', 'ServiceName', 'SkuId', 'SkuPriceId', 'ResourceId', 'SubAccountId', 'RegionId',
    'AvailabilityZone', 'CommitmentDiscountId', 'BillingCurrency', 'Tags',
] -%}

with

-- bills write NULL as a word
charges as (
    select
        {% for column in charge_columns + ['EffectiveCost', 'loaded_at'] -%}
        nullif({{ adapter.quote(column) }}, 'NULL') as {{ adapter.quote(column) }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ raw_table('focus', 'charges') }} as raw_rows
    {{ fence() }}
),

named_charges as (
    select
        *,
        {{ row_hash(charge_columns) }} as charge_hash,
        {{ first_time(['loaded_at', adapter.quote('ChargePeriodStart')]) }} as delivered_at,
        {{ parse_number(adapter.quote('EffectiveCost')) }} as effective_cost,
        coalesce(
            {{ adapter.quote('ServiceProviderName') }},
            {{ adapter.quote('ProviderName') }},
            {{ adapter.quote('PublisherName') }}
        ) as vendor
    from charges
),

matched_charges as (
    select
        *,
        -- two charges alike in every column are two charges
        row_number() over (partition by charge_hash, delivered_at order by effective_cost) as charge_number,
        (
            select min(services.position) from {{ ref('focus_services') }} as services
            where
                lower(coalesce(named_charges.vendor, '')) like coalesce(lower(trim(services.provider)), '%')
                and lower(coalesce({{ adapter.quote('ServiceCategory') }}, ''))
                like coalesce(lower(trim(services.service_category)), '%')
                and lower(coalesce({{ adapter.quote('ServiceName') }}, ''))
                like coalesce(lower(trim(services.service_name)), '%')
        ) as service_position
    from named_charges
)

select
    matched_charges.charge_hash || '-' || {{ as_text('matched_charges.charge_number') }} as cost_id,
    services.cost_layer,
    coalesce(services.vendor, matched_charges.vendor) as vendor,
    {{ adapter.quote('ServiceName') }} as service,
    {{ adapter.quote('ChargePeriodStart') }} as charge_start,
    {{ adapter.quote('ChargePeriodEnd') }} as charge_end,
    {{ adapter.quote('EffectiveCost') }} as amount,
    {{ adapter.quote('BillingCurrency') }} as currency,
    {{ identity('agent', ['SubAccountId', 'ResourceId'], ['Tags'], 'matched_charges') }} as agent_id,
    matched_charges.delivered_at as loaded_at,
    'focus' as source_system
from {{ with_identity_paths('matched_charges', 'focus') }}
left join {{ ref('focus_services') }} as services on matched_charges.service_position = services.position
