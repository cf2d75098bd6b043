{# The var data_as_of as a UTC timestamp; a date alone is its midnight. #}
{% macro as_of_setting() -%}
    {%- set given = var('data_as_of') | string | trim -%}
    {%- set text = given ~ 'T00:00:00' if given | length == 10 else given -%}
    max({{ parse_timestamp("cast('" ~ text ~ "' as " ~ dbt.type_string() ~ ")") }})
{%- endmacro %}
