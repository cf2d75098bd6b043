{#
    Contract tables for which something is there to read, in any system. A source table names the contract tables it
    gives in `config: meta: gives`; a table of the native source gives itself. Empty while parsing.
#}
{% macro present_tables() %}
    {%- set present = [] -%}
    {%- if execute and flags.INTROSPECT -%}
        {%- for node in graph.sources.values() if node.package_name == project_name -%}
            {%- set gives = node.config.meta.get('gives', []) or [node.name] -%}
            {%- set relation = api.Relation.create(
                database=node.database, schema=node.schema, identifier=node.identifier
            ) -%}
            {%- if gives | reject('in', present) | list and raw_table_exists(relation) -%}
                {%- do present.extend(gives) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(present | unique | list) }}
{% endmacro %}
