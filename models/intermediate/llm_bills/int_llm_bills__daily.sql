with

lines as (
    select
        lower(trim(vendor)) as provider,
        cost_date,
        coalesce(lower(trim(service)) = 'cost_report', false) as is_report,
        amount
    from {{ ref('int_bills__daily') }}
    where cost_layer = 'llm_api'
),

parts as (
    select
        provider,
        cost_date,
        cast(null as {{ type_money() }}) as modelled_cost,
        cast(null as {{ type_money() }}) as reported_cost,
        case when is_report then amount end as provider_report_cost,
        case when not is_report then amount end as invoice_cost,
        0 as api_calls,
        0 as unpriced_calls,
        0 as calls_without_tokens
    from lines
    union all
    select
        lower(trim(provider)) as provider,
        started_date as cost_date,
        sum(cost) as modelled_cost,
        sum(case when cost_source = 'reported' then cost end) as reported_cost,
        cast(null as {{ type_money() }}) as provider_report_cost,
        cast(null as {{ type_money() }}) as invoice_cost,
        count(*) as api_calls,
        {{ count_where("cost_source = 'unpriced'") }} as unpriced_calls,
        {{ count_where('total_tokens is null') }} as calls_without_tokens
    from {{ ref('fct_api_calls') }}
    group by 1, 2
)

select
    provider,
    cost_date,
    {{ as_money('sum(modelled_cost)') }} as modelled_cost,
    {{ as_money('sum(reported_cost)') }} as reported_cost,
    {{ as_money('sum(provider_report_cost)') }} as provider_report_cost,
    {{ as_money('sum(invoice_cost)') }} as invoice_cost,
    cast(sum(api_calls) as bigint) as api_calls,
    cast(sum(unpriced_calls) as bigint) as unpriced_calls,
    cast(sum(calls_without_tokens) as bigint) as calls_without_tokens
from parts
group by provider, cost_date
