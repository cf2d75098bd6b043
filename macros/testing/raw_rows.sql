{#
    Input of a unit test: rows of a raw table, all columns as text. `common` holds for every row;
    a column that neither names is NULL.
#}
{% macro raw_rows(table_name, common, rows) %}
    {%- for row in rows -%}
    select
        {% for column in contract_columns(table_name).keys() | list + ['source_system'] -%}
        {%- set value = row[column] if column in row else common[column] -%}
        {{ "cast('" ~ value ~ "' as " if value is not none and value is defined else 'cast(null as ' }}
        {{- dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
        {% endfor -%}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
{% endmacro %}
