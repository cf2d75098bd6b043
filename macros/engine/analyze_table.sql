{# Fresh tables have no statistics on PostgreSQL, and joins over them are planned badly: gather them now. #}
{% macro analyze_table(relation) -%}
    {%- if model.config.materialized != 'view' -%}
        {{ return(adapter.dispatch('analyze_table')(relation)) }}
    {%- endif -%}
{%- endmacro %}
{% macro default__analyze_table(relation) %}{% endmacro %}
{% macro postgres__analyze_table(relation) %}analyze {{ relation }}{% endmacro %}
