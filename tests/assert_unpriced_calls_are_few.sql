{#
    Warns when a call that reports tokens has no price, and stops with a sentence that names the rows to add
    when the share of such calls is above the var max_unpriced_call_share. No model reads
    audit_unpriced_calls, so that all marts are built either way.
#}
{{ config(severity='warn') }}

{%- set missing_prices -%}
    select
        calls.provider || ' / ' || calls.model || ' / ' || calls.service_tier as price_row,
        count(*) as unpriced_calls,
        max(totals.api_calls) as api_calls
    from {{ ref('audit_unpriced_calls') }} as calls
    cross join (
        select count(*) as api_calls from {{ ref('fct_api_calls') }} where total_tokens is not null
    ) as totals
    where calls.total_tokens is not null
    group by calls.provider, calls.model, calls.service_tier
{%- endset -%}

{%- if execute and flags.WHICH in ['build', 'test'] -%}
    {%- set rows = run_query(missing_prices ~ ' order by unpriced_calls desc, price_row').rows -%}
    {%- if rows | length > 0 -%}
        {%- set unpriced_calls = rows | sum(attribute='unpriced_calls') | int -%}
        {%- set api_calls = rows[0]['api_calls'] | int -%}
        {%- set more = ' and ' ~ (rows | length - 5) ~ ' more' if rows | length > 5 else '' -%}
        {%- set sentence = unpriced_calls ~ ' of ' ~ api_calls
            ~ ' calls that report tokens have no price; add or complete in model_prices'
            ~ ' (provider / model / service_tier): '
            ~ rows[:5] | map(attribute='price_row') | join(', ') ~ more ~ '.' -%}
        {%- if unpriced_calls > api_calls * var('max_unpriced_call_share') | float -%}
            {%- do exceptions.raise_compiler_error(sentence) -%}
        {%- endif -%}
        {%- do log(sentence, info=true) -%}
    {%- endif -%}
{%- endif -%}

{{ missing_prices }}
