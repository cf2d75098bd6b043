{#
    Before rpt_operations_per_minute is brought up to date:
    remove days of which no row is left (other raw data, corrections).
#}
{% macro delete_vanished_days(relation) -%}
    {% if is_incremental() -%}
    delete from {{ relation }}
    where activity_date not in (select activity_date from {{ ref('int_operations__days') }})
    {%- endif %}
{%- endmacro %}
