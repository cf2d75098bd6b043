{# The column of a metric in a wide table, from the rows of the long one. #}
{% macro wide_column(metric) -%}
    {%- set types = {'count': dbt.type_bigint(), 'money': type_money()} -%}
    cast(
        max(case when metric_id = '{{ metric.id }}' then value end)
        as {{ types.get(metric.type, type_double()) }}
    ) as {{ metric.id }}
{%- endmacro %}
