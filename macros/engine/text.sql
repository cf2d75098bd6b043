{# Does the text hold a match of the regular expression? #}
{% macro matches(text, pattern) %}{{ return(adapter.dispatch('matches')(text, pattern)) }}{% endmacro %}
{% macro default__matches(text, pattern) -%} {{ text }} ~ '{{ pattern }}' {%- endmacro %}
{% macro duckdb__matches(text, pattern) -%} regexp_matches({{ text }}, '{{ pattern }}') {%- endmacro %}
{% macro spark__matches(text, pattern) -%} {{ text }} rlike '{{ pattern }}' {%- endmacro %}

{# A JSON object from a mapping of names to text expressions; NULL stays null. #}
{% macro json_object(pairs) %}{{ return(adapter.dispatch('json_object')(pairs)) }}{% endmacro %}

{% macro default__json_object(pairs) -%}
    cast(jsonb_build_object(
        {%- for name, expression in pairs.items() -%}
            '{{ name }}', {{ expression }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    ) as text)
{%- endmacro %}

{% macro duckdb__json_object(pairs) -%}
    cast(json_object(
        {%- for name, expression in pairs.items() -%}
            '{{ name }}', {{ expression }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    ) as varchar)
{%- endmacro %}

{% macro spark__json_object(pairs) -%}
    to_json(named_struct(
        {%- for name, expression in pairs.items() -%}
            '{{ name }}', {{ expression }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    ), map('ignoreNullFields', 'false'))
{%- endmacro %}

{# A personal id as it may appear in marts: a salted hash, NULL for NULL. The salt is AGENT_KPIS_HASH_SALT. #}
{% macro hashed_id(expression) -%}
    {%- set salt = env_var('AGENT_KPIS_HASH_SALT', '') | replace("'", "''") -%}
    {{ dbt.hash("'" ~ salt ~ "' || " ~ as_text(expression)) }}
{%- endmacro %}
