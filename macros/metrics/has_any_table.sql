{# Raw tables of which one is enough for a cost to exist. #}
{% macro tables_of_cost() %}{{ return(['api_calls', 'human_reviews', 'infra_costs']) }}{% endmacro %}

{# Condition: at least one of these raw tables is there. Without it a sum of 0 would be a wrong 0. #}
{% macro has_any_table(tables) -%}
    (
        select count(*) from {{ ref('int_raw_tables__presence') }}
        where is_present and table_name in ('{{ tables | join("', '") }}')
    ) > 0
{%- endmacro %}
