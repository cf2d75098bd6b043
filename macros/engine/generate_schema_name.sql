{# Schemas carry their plain names (`marts`, not `main_marts`): dashboards depend on them. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
