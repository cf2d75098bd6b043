{#
    A raw table with all its declared columns, whatever has arrived: files of the raw path on DuckDB, a table of the raw
    schema elsewhere. Columns are matched by name, a missing one is NULL, an extra one is left out, a missing table has no
    rows. In a unit test and without introspection it is the plain relation.
#}
{% macro raw_table(source_name, table_name) %}
    {%- set relation = source(source_name, table_name) -%}
    {%- if not execute or relation.is_cte or not flags.INTROSPECT -%}
        {{ relation }}
    {%- else -%}
        {%- set node = graph.sources['source.' ~ project_name ~ '.' ~ source_name ~ '.' ~ table_name] -%}
        ({{ adapter.dispatch('raw_table')(relation, node.columns.keys() | list) }})
    {%- endif -%}
{% endmacro %}

{% macro default__raw_table(relation, columns) %}
    {%- set present = load_relation(relation) -%}
    {%- set found = adapter.get_columns_in_relation(present) | map(attribute='name') | list if present else [] -%}
    select
        {% for column in columns -%}
            {{ as_text(adapter.quote(column)) if column in found else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as {{ column }}
            {{- ',' if not loop.last }}
        {% endfor %}
    {{ 'from ' ~ relation if present else 'where false' }}
{% endmacro %}

{# jsonb turns every type into ISO text, independent of the session, and gives NULL for a column that is not there. #}
{% macro postgres__raw_table(relation, columns) %}
    select
        {% for column in columns %}raw_record ->> '{{ column }}' as {{ adapter.quote(column) }}{{ ',' if not loop.last }}
        {% endfor %}
    {% if load_relation(relation) -%}
        from (select to_jsonb(raw_row) as raw_record from {{ relation }} as raw_row offset 0) as raw_records
    {%- else -%}
        from (select cast(null as jsonb) as raw_record where false) as raw_records
    {%- endif %}
{% endmacro %}

{% macro duckdb__raw_table(relation, columns) %}
    select {% for column in columns %}{{ adapter.quote(column) }}{{ ', ' if not loop.last }}{% endfor %}
    from (
        select {% for column in columns %}null as {{ adapter.quote(column) }}{{ ', ' if not loop.last }}{% endfor %} where false
        {%- for kind, files in raw_files(relation.identifier).items() if files %}
        union all by name
        select * from {{ read_raw_files(kind, files, columns) }}
        {%- endfor %}
    )
{% endmacro %}

{% macro read_raw_files(kind, files, columns) -%}
    {%- set quoted = [] -%}
    {%- for file in files -%}{%- do quoted.append("'" ~ file | replace("'", "''") | replace('[', '[[]') ~ "'") -%}{%- endfor -%}
    {%- set list = '[' ~ quoted | join(', ') ~ ']' -%}
    {%- if kind == 'parquet' -%}
        read_parquet({{ list }}, union_by_name = true)
    {%- elif kind == 'csv' -%}
        {#- fixed options: the sniffer may take a file with one short line for an empty one -#}
        read_csv(
            {{ list }}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', union_by_name = true,
            null_padding = true, strict_mode = false, parallel = false
        )
    {%- else -%}
        {#- every column as text; a malformed line becomes a row without values, which is then rejected -#}
        read_json(
            {{ list }}, format = 'newline_delimited', ignore_errors = true, columns = {
            {%- for column in columns %}'{{ column }}': 'VARCHAR'{{ ', ' if not loop.last }}{% endfor -%} }
        )
    {%- endif -%}
{%- endmacro %}

{# Files of one raw table under the raw path, sorted, by kind: <table>.<ending> or <table>/*.<ending>, also gzipped. #}
{% macro raw_files(table_name) %}
    {%- set path = env_var('AGENT_KPIS_RAW_PATH', 'data/demo') | replace("'", "''") | replace('[', '[[]') -%}
    {%- set found = {'parquet': [], 'csv': [], 'json': []} -%}
    {%- set query -%}
        select file
        from (
            select file from glob('{{ path }}/{{ table_name }}.*')
            union all
            select file from glob('{{ path }}/{{ table_name }}/*')
        )
        where regexp_matches(file, '{{ table_name }}([/\\][^/\\]+)?[.](parquet|(csv|jsonl|ndjson)([.]gz)?)$')
        order by file
    {%- endset -%}
    {%- for file in run_query(query).columns[0].values() -%}
        {%- set ending = (file[:-3] if file.endswith('.gz') else file).split('.') | last -%}
        {%- do found[ending if ending in found else 'json'].append(file) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{# Is there anything to read for this raw table? #}
{% macro raw_table_exists(relation) %}{{ return(adapter.dispatch('raw_table_exists')(relation)) }}{% endmacro %}
{% macro default__raw_table_exists(relation) %}{{ return(load_relation(relation) is not none) }}{% endmacro %}
{% macro duckdb__raw_table_exists(relation) %}
    {{ return(raw_files(relation.identifier).values() | sum(start=[]) | length > 0) }}
{% endmacro %}
