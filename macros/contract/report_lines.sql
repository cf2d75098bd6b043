{#
    Lines of a provider's usage or cost report, whatever shape they were saved in: pages as the API answers
    (`data`, a list of buckets), one bucket per row (`results`, a list of lines), or one line per row.
    `starts_at`, `ends_at` name a bucket's columns; `columns` are those of a line, and `nested` the pointers
    of those that the API nests. All text.
#}
{% macro report_lines(source_name, table_name, starts_at, ends_at, columns, nested={}) -%}
    {%- set fields = {} -%}
    {%- for column in columns -%}{%- do fields.update({column: nested.get(column, column)}) -%}{%- endfor -%}
    {%- set result = {'document': 'result', 'pointers': fields.values() | list} -%}
    with

    raw_reports as (select * from {{ raw_table(source_name, table_name) }} as raw_rows),

    page_buckets as (
        select
            loaded_at,
            {{ explode_json('data') }} as bucket
        from raw_reports
        where data is not null
    ),

    buckets as (
        select
            loaded_at,
            {{ json_text_at('bucket', "'/" ~ starts_at ~ "'") }} as starts_at,
            {{ json_text_at('bucket', "'/" ~ ends_at ~ "'") }} as ends_at,
            {{ json_text_at('bucket', "'/results'") }} as results
        from page_buckets
        union all
        select
            loaded_at,
            {{ starts_at }} as starts_at,
            {{ ends_at }} as ends_at,
            results
        from raw_reports
        where results is not null
    ),

    bucket_results as (
        select
            loaded_at,
            starts_at,
            ends_at,
            {{ explode_json('results') }} as result
        from buckets
    ),

    read_results as (
        select
            loaded_at,
            starts_at,
            ends_at,
            {{ json_read(result) }}
        from bucket_results
        {{ fence() }}
    )

    select
        loaded_at,
        starts_at,
        ends_at
        {%- for name, pointer in fields.items() %},
        {{ json_value(result, pointer) }} as {{ name }}
        {%- endfor %}
    from read_results
    union all
    select
        loaded_at,
        {{ starts_at }} as starts_at,
        {{ ends_at }} as ends_at
        {%- for name in fields %},
        {{ name }}
        {%- endfor %}
    from raw_reports
    where data is null and results is null
{%- endmacro %}


{# Money for counts of tokens at the joined row of `prices`; NULL where a count has no price. #}
{% macro priced_usage(parts) -%}
    (
        {%- for count, bucket in parts %}
        case
            when coalesce({{ count }}, 0) = 0 then 0
            else {{ as_money('(' ~ count ~ ') * prices.' ~ bucket ~ '_usd') }}
        end
        {{- ' +' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#
    The last select of a report: `lines` as bill lines of the provider;
    `unit` is the worth of one unit of its amounts.
#}
{% macro cost_report_lines(provider, unit) -%}
select
    '{{ provider }}-' || line_hash as cost_id,
    'llm_api' as cost_layer,
    '{{ provider }}' as vendor,
    'cost_report' as service,
    {{ time_or_seconds('starts_at') }} as charge_start,
    {{ time_or_seconds('ends_at') }} as charge_end,
    {{ or_as_it_came(as_money(parse_number('amount') ~ ' * ' ~ unit), 'amount') }} as amount,
    currency,
    {{ as_text('null') }} as agent_id,
    coalesce({{ parse_timestamp('loaded_at') }}, {{ instant('starts_at') }}) as loaded_at,
    '{{ provider }}' as source_system
from lines
{%- endmacro %}
