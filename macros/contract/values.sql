{#
    Typed values of the raw contract. Each macro takes a raw column as it arrived (text, or the native type of
    a Parquet file) and gives NULL for what is absent or cannot be read; the reject reasons tell the two
    apart. A pattern decides before any cast, so that no value can stop a build. DuckDB folds `typeof` when it
    plans, so native columns are not turned into text.
#}

{# Characters that count as blank. #}
{% macro blanks() %}{{ return("e' \\t\\r\\n'") }}{% endmacro %}

{# Is there a value? A blank text is none. #}
{% macro is_present(column) %}{{ return(adapter.dispatch('is_present')(column)) }}{% endmacro %}
{% macro default__is_present(column) -%}
    coalesce(trim(both {{ blanks() }} from {{ column }}) <> '', false)
{%- endmacro %}
{% macro duckdb__is_present(column) -%}
    (
        {{ column }} is not null
        and (typeof({{ column }}) <> 'VARCHAR' or trim(cast({{ column }} as varchar), {{ blanks() }}) <> '')
    )
{%- endmacro %}

{# Text as given, NULL where blank; an integer id that a file holds as a float loses its `.0`. #}
{% macro clean_text(column) %}{{ return(adapter.dispatch('clean_text')(column)) }}{% endmacro %}
{% macro default__clean_text(column) -%}
    case when {{ is_present(column) }} then {{ column }} end
{%- endmacro %}
{% macro duckdb__clean_text(column) -%}
    case
        when typeof({{ column }}) in ('DOUBLE', 'FLOAT')
            then regexp_replace(cast({{ column }} as varchar), '[.]0$', '')
        when {{ is_present(column) }} then cast({{ column }} as varchar)
    end
{%- endmacro %}

{# A word of a fixed list: trimmed, lower case. #}
{% macro clean_word(column) -%} lower(trim(both {{ blanks() }} from {{ clean_text(column) }})) {%- endmacro %}

{# A currency code: trimmed, upper case. #}
{% macro currency_code(column) -%} upper(trim(both {{ blanks() }} from {{ column }})) {%- endmacro %}

{# ISO 8601 date and time: days of the month, leap years, hours and offsets are all checked here. #}
{% macro timestamp_pattern(is_time_optional=false) -%}
    {%- set year = '[0-9]{4}' -%}
    {%- set leap_year = '([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)' -%}
    {%- set days = [
        year ~ '-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])',
        year ~ '-(0[469]|11)-(0[1-9]|[12][0-9]|30)',
        year ~ '-02-(0[1-9]|1[0-9]|2[0-8])',
        leap_year ~ '-02-29',
    ] -%}
    {%- set offset = '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?' -%}
    {%- set time = '[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?' ~ offset -%}
    ^({{ days | join('|') }}){{ '(' ~ time ~ ')?' if is_time_optional else time }}$
{%- endmacro %}

{# UTC timestamp without zone: an offset is converted, none means UTC, digits beyond microseconds are cut. #}
{% macro parse_timestamp(column) %}{{ return(adapter.dispatch('parse_timestamp')(column)) }}{% endmacro %}

{% macro default__parse_timestamp(column) -%}
    {%- set text -%} trim(both {{ blanks() }} from {{ column }}) {%- endset -%}
    case
        when {{ matches(text, timestamp_pattern()) }} and {{ text }} not like '0000%'
            then {{ zoned_text_to_utc("regexp_replace(" ~ text ~ ", '([.][0-9]{6})[0-9]+', '\\1')") }}
    end
{%- endmacro %}

{% macro duckdb__parse_timestamp(column) -%}
    {%- set text -%} trim(cast({{ column }} as varchar), {{ blanks() }}) {%- endset -%}
    case
        when typeof({{ column }}) = 'TIMESTAMP' then try_cast({{ column }} as timestamp)
        when typeof({{ column }}) = 'TIMESTAMP WITH TIME ZONE'
            then make_timestamp(epoch_us(try_cast({{ column }} as timestamptz)))
        when {{ matches(text, timestamp_pattern()) }} and {{ text }} not like '0000%'
            then {{ zoned_text_to_utc("regexp_replace(" ~ text ~ ", '([.][0-9]{6})[0-9]+', '\\1')") }}
    end
{%- endmacro %}

{% macro zoned_text_to_utc(text) %}{{ return(adapter.dispatch('zoned_text_to_utc')(text)) }}{% endmacro %}

{% macro default__zoned_text_to_utc(text) -%}
    timezone('UTC', cast(
        {{ text }} || case when {{ matches(text, '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') }} then '' else 'Z' end
        as timestamptz
    ))
{%- endmacro %}

{% macro duckdb__zoned_text_to_utc(text) -%}
    try_cast(regexp_replace({{ text }}, '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$', '') as timestamp)
    - to_minutes(
        case when {{ matches(text, '[+-][0-9]{2}:?[0-9]{2}$') }} then
            cast(regexp_extract({{ text }}, '([+-][0-9]{2}):?[0-9]{2}$', 1) as bigint) * 60
            + cast(
                regexp_extract({{ text }}, '([+-])[0-9]{2}:?[0-9]{2}$', 1)
                || regexp_extract({{ text }}, '([0-9]{2})$', 1) as bigint
            )
        when {{ matches(text, ':[0-9.]+[+-][0-9]{2}$') }} then
            cast(regexp_extract({{ text }}, '([+-][0-9]{2})$', 1) as bigint) * 60
        else 0 end
    )
{%- endmacro %}

{# Whole number: bigint. #}
{% macro parse_integer(column) %}{{ return(adapter.dispatch('parse_integer')(column)) }}{% endmacro %}

{% macro default__parse_integer(column) -%}
    {%- set text -%} trim(both {{ blanks() }} from {{ column }}) {%- endset -%}
    case
        when {{ matches(text, '^[+-]?[0-9]{1,15}([.]0*)?$') }}
            then cast(regexp_replace({{ text }}, '[.]0*$', '') as bigint)
    end
{%- endmacro %}

{% macro duckdb__parse_integer(column) -%}
    {%- set text -%} trim(cast({{ column }} as varchar), {{ blanks() }}) {%- endset -%}
    case
        when typeof({{ column }}) in ('BIGINT', 'INTEGER', 'SMALLINT', 'TINYINT', 'UINTEGER')
            then try_cast({{ column }} as bigint)
        when {{ matches(text, '^[+-]?[0-9]{1,15}([.]0*)?$') }}
            then cast(regexp_replace({{ text }}, '[.]0*$', '') as bigint)
    end
{%- endmacro %}

{# Number: decimal(28, 12), below 1e15 in size. NaN and infinity cannot be read. #}
{% macro parse_number(column) %}{{ return(adapter.dispatch('parse_number')(column)) }}{% endmacro %}
{% macro plain_number_pattern() %}{{ return('^[+-]?([0-9]{1,15}([.][0-9]*)?|[.][0-9]+)$') }}{% endmacro %}
{% macro exponent_number_pattern() -%}
    {{ return('^[+-]?([0-9]{1,15}([.][0-9]*)?|[.][0-9]+)[eE][+-]?[0-9]{1,2}$') }}
{%- endmacro %}

{% macro default__parse_number(column) -%}
    {%- set text -%} trim(both {{ blanks() }} from {{ column }}) {%- endset -%}
    case
        when {{ matches(text, plain_number_pattern()) }} then {{ as_money(text) }}
        when {{ matches(text, exponent_number_pattern()) }} then
            case
                when abs({{ as_double(text) }}) < 1e15 then {{ as_money("cast(" ~ text ~ " as decimal)") }}
            end
    end
{%- endmacro %}

{% macro duckdb__parse_number(column) -%}
    {%- set text -%} trim(cast({{ column }} as varchar), {{ blanks() }}) {%- endset -%}
    case
        when typeof({{ column }}) = 'DOUBLE' then
            case
                when abs(try_cast({{ column }} as double)) < 1e15
                    then try_cast({{ column }} as decimal(28, 12))
            end
        {# text straight into a wide decimal is slow on DuckDB: through a narrow one where it fits -#}
        when {{ matches(text, plain_number_pattern()) }} then
            coalesce(
                try_cast(try_cast({{ text }} as decimal(18, 12)) as decimal(28, 12)),
                try_cast({{ text }} as decimal(28, 12))
            )
        when {{ matches(text, exponent_number_pattern()) }} then
            case
                when abs(try_cast({{ text }} as double)) < 1e15
                    then try_cast({{ text }} as decimal(28, 12))
            end
    end
{%- endmacro %}

{#
    A value of an adapter as the macros above take it:
    text, in ISO form and whatever the session; on DuckDB any type.
#}
{% macro as_arrived(column) %}{{ return(adapter.dispatch('as_arrived')(column)) }}{% endmacro %}
{% macro default__as_arrived(column) -%} {{ as_text(column) }} {%- endmacro %}
{% macro postgres__as_arrived(column) -%} to_jsonb({{ column }}) #>> '{}' {%- endmacro %}
{% macro duckdb__as_arrived(column) -%} {{ column }} {%- endmacro %}
