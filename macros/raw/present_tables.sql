{#
    What there is to read: contract tables by system, {'native': [...], 'litellm': ['api_calls'], ...}. A
    source table names the contract tables it gives in `config: meta: gives`, and in `may_give` those of which
    it may hold no row (scores that are no ratings); a table of the native source gives itself. None while
    nothing can be known: while parsing, without introspection and in unit tests.
#}
{% macro present_systems(only_certain=false) %}
    {%- if not execute or not flags.INTROSPECT or not graph.sources -%}{{ return(none) }}{%- endif -%}
    {%- set present = {} -%}
    {%- set listing = adapter.dispatch('raw_listing_once')() -%}
    {%- for node in graph.sources.values() if node.package_name == project_name -%}
        {%- set is_native = node.source_name == 'raw' -%}
        {%- set tables = present.setdefault('native' if is_native else node.source_name, []) -%}
        {%- set gives = [node.name] if is_native else node.config.meta.get('gives', [])
            + ([] if only_certain else node.config.meta.get('may_give', [])) -%}
        {%- if gives | reject('in', tables) | list and raw_table_exists(node, listing) -%}
            {%- do tables.extend(gives | reject('in', tables) | list) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(present) }}
{% endmacro %}

{# Contract tables for which something is there to read, in any system. Empty while parsing. #}
{% macro present_tables(only_certain=false) %}
    {{ return((present_systems(only_certain) or {}).values() | sum(start=[]) | unique | list) }}
{% endmacro %}

{# Is there anything to read for this raw table? #}
{% macro raw_table_exists(node, listing) %}
    {{ return(adapter.dispatch('raw_table_exists')(node, listing)) }}
{% endmacro %}
{% macro default__raw_table_exists(node, listing) %}
    {{ return(raw_relation(node, listing) is not none) }}
{% endmacro %}
{% macro duckdb__raw_table_exists(node, listing) %}
    {{ return(raw_files(node, listing).values() | sum(start=[]) | length > 0) }}
{% endmacro %}

{% macro default__raw_listing_once() %}{{ return({}) }}{% endmacro %}
{% macro duckdb__raw_listing_once() %}{{ return(raw_listing()) }}{% endmacro %}
