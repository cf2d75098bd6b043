{# Seconds from one UTC timestamp to another, exact to the microsecond: decimal(18, 6). #}
{% macro seconds_between(earlier, later) %}
    {{- return(adapter.dispatch('seconds_between')(earlier, later)) -}}
{% endmacro %}

{% macro default__seconds_between(earlier, later) -%}
    cast(extract(epoch from {{ later }} - {{ earlier }}) as decimal(18, 6))
{%- endmacro %}

{% macro duckdb__seconds_between(earlier, later) -%}
    cast(date_diff('microsecond', {{ earlier }}, {{ later }}) / 1000000.0 as decimal(18, 6))
{%- endmacro %}

{% macro spark__seconds_between(earlier, later) -%}
    cast((unix_micros({{ later }}) - unix_micros({{ earlier }})) / 1000000 as decimal(18, 6))
{%- endmacro %}

{# A timestamp moved by a whole number of seconds (an expression). #}
{% macro add_seconds(timestamp, seconds) %}
    {{- return(adapter.dispatch('add_seconds')(timestamp, seconds)) -}}
{% endmacro %}

{% macro default__add_seconds(timestamp, seconds) -%}
    ({{ timestamp }} + ({{ seconds }}) * interval '1 second')
{%- endmacro %}

{% macro duckdb__add_seconds(timestamp, seconds) -%}
    ({{ timestamp }} + to_microseconds(cast(({{ seconds }}) * cast(1000000 as bigint) as bigint)))
{%- endmacro %}

{% macro spark__add_seconds(timestamp, seconds) -%}
    ({{ timestamp }} + make_interval(0, 0, 0, 0, 0, 0, {{ seconds }}))
{%- endmacro %}

{# Wall-clock time of the reporting zone at a UTC instant. Only the calendar models call it, once per date. #}
{% macro local_time(timestamp) %}
    {{- return(adapter.dispatch('local_time')(timestamp, var('reporting_timezone'))) -}}
{% endmacro %}

{% macro default__local_time(timestamp, zone) -%}
    timezone('{{ zone }}', timezone('UTC', {{ timestamp }}))
{%- endmacro %}

{% macro spark__local_time(timestamp, zone) -%}
    from_utc_timestamp({{ timestamp }}, '{{ zone }}')
{%- endmacro %}

{# One row per step from start to end, both included; stands in a select list. #}
{% macro explode_days(start, end) -%}
    {{ return(adapter.dispatch('explode_steps')(start, end, '1 day')) }}
{%- endmacro %}
{% macro explode_quarter_hours(start, end) -%}
    {{ return(adapter.dispatch('explode_steps')(start, end, '15 minutes')) }}
{%- endmacro %}

{% macro default__explode_steps(start, end, step) -%}
    generate_series({{ start }}, {{ end }}, interval '{{ step }}')
{%- endmacro %}

{% macro duckdb__explode_steps(start, end, step) -%}
    unnest(generate_series({{ start }}, {{ end }}, interval '{{ step }}'))
{%- endmacro %}

{% macro spark__explode_steps(start, end, step) -%}
    explode(sequence({{ start }}, {{ end }}, interval '{{ step }}'))
{%- endmacro %}

{# First day of the week of a date; the week begins on var('week_start') (1 = Monday … 7 = Sunday). #}
{% macro week_start_of(date) -%}
    {%- set days = var('week_start') | int - 1 -%}
    cast(
        date_trunc('week', cast({{ date }} as timestamp) - interval '{{ days }} days')
        + interval '{{ days }} days' as date
    )
{%- endmacro %}

{# First day of the month or quarter of a date. #}
{% macro period_start_of(grain, date) -%}
    {%- if grain == 'day' -%} cast({{ date }} as date)
    {%- elif grain == 'week' -%} {{ week_start_of(date) }}
    {%- else -%} cast(date_trunc('{{ grain }}', cast({{ date }} as timestamp)) as date)
    {%- endif -%}
{%- endmacro %}

{# A date moved by whole days, weeks, months or quarters. #}
{% macro add_periods(date, count, grain) -%}
    {%- set months = {'month': 1, 'quarter': 3} -%}
    {%- if grain in months -%} cast({{ dbt.dateadd('month', count * months[grain], date) }} as date)
    {%- else -%} cast({{ dbt.dateadd('day', count * (7 if grain == 'week' else 1), date) }} as date)
    {%- endif -%}
{%- endmacro %}

{# Local date of a UTC timestamp, through the joined row of int_calendar__utc_dates. #}
{% macro local_date(timestamp, calendar) -%}
    case
        when {{ timestamp }} >= {{ calendar }}.switches_at then {{ calendar }}.local_date_after
        else {{ calendar }}.local_date_before
    end
{%- endmacro %}

{#
    UTC timestamp of a count of `unit` (second, millisecond, microsecond, nanosecond) since 1970,
    given as digits; digits below microseconds are cut. NULL for all else.
#}
{% macro epoch_to_timestamp(column, unit) %}
    {%- set digits = "cast(" ~ column ~ " as " ~ dbt.type_string() ~ ")" -%}
    {%- set factor = {
        'second': '* 1000000', 'millisecond': '* 1000', 'microsecond': '', 'nanosecond': '/ 1000',
    }[unit] -%}
    {{- return(adapter.dispatch('epoch_to_timestamp')(digits, factor)) -}}
{% endmacro %}

{% macro default__epoch_to_timestamp(digits, factor) -%}
    case when {{ matches(digits, '^[0-8]?[0-9]{1,18}$') }}
        then timestamp '1970-01-01' + (cast({{ digits }} as bigint) {{ factor }}) * interval '1 microsecond'
    end
{%- endmacro %}

{% macro duckdb__epoch_to_timestamp(digits, factor) -%}
    case when {{ matches(digits, '^[0-8]?[0-9]{1,18}$') }}
        then make_timestamp(cast({{ digits }} as bigint) {{ factor | replace('/', '//') }})
    end
{%- endmacro %}
