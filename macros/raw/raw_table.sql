{#
    A raw table with all its declared columns, whatever has arrived: files of the raw path on DuckDB, a table
    of the raw schema elsewhere. Columns are matched by name, a missing one is NULL, an extra one is left out,
    a missing table has no rows. In a unit test and without introspection it is the plain relation.

    Columns of the native tables keep the type of the file. Those of an adapter's are text, NULL where empty,
    unless they are declared with `data_type: json` (JSON text, also where the file holds a struct or map) or
    `any` (as the file has it: for columns whose detour over text would cost too much).
#}
{% macro raw_table(source_name, table_name) %}
    {%- set relation = source(source_name, table_name) -%}
    {%- if not execute or relation.is_cte or not flags.INTROSPECT -%}
        {{ relation }}
    {%- else -%}
        {%- set node = graph.sources['source.' ~ project_name ~ '.' ~ source_name ~ '.' ~ table_name] -%}
        ({{ adapter.dispatch('raw_table')(node) }})
    {%- endif -%}
{% endmacro %}

{% macro default__raw_table(node) %}
    {%- set present = raw_relation(node, {}) -%}
    {%- set found = column_names(present) -%}
    select
        {% for column in node.columns -%}
            {{ as_text(adapter.quote(found[column | lower])) if column | lower in found
                else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as {{ adapter.quote(column) }}
            {{- ',' if not loop.last }}
        {% endfor %}
    {{ 'from ' ~ present if present else 'where false' }}
{% endmacro %}

{#
    jsonb turns every type into ISO text, independent of the session,
    and gives NULL for a column that is not there.
#}
{% macro postgres__raw_table(node) %}
    {%- set present = raw_relation(node, {}) -%}
    {%- set found = column_names(present) -%}
    select
        {% for column in node.columns -%}
        {%- set value = "raw_record ->> '" ~ found.get(column | lower, column) ~ "'" -%}
        {{ value if node.source_name == 'raw' else 'nullif(' ~ value ~ ", '')" }}
            as {{ adapter.quote(column) }}{{ ',' if not loop.last }}
        {% endfor %}
    {% if present -%}
        from (select to_jsonb(raw_row) as raw_record from {{ present }} as raw_row offset 0) as raw_records
    {%- else -%}
        from (select cast(null as jsonb) as raw_record where false) as raw_records
    {%- endif %}
{% endmacro %}

{% macro duckdb__raw_table(node) %}
    {%- set columns = node.columns.keys() | list -%}
    select
        {% for column in columns -%}
        {%- set name = adapter.quote(column) -%}
        {%- set type = 'any' if node.source_name == 'raw' else node.columns[column].data_type or 'text' -%}
        {{ {'json': json_text_of(name) ~ ' as ', 'text': clean_text(name) ~ ' as ', 'any': ''}[type] ~ name }}
        {{- ', ' if not loop.last }}
        {%- endfor %}
    from (
        select
            {% for column in columns -%}
            null as {{ adapter.quote(column) }}{{ ',' if not loop.last }}
            {% endfor -%}
        where false
        {%- for kind, files in raw_files(node).items() if files %}
        union all by name
        select * from {{ read_raw_files(kind, files, columns) }}
        {%- endfor %}
    )
{% endmacro %}

{% macro read_raw_files(kind, files, columns) -%}
    {%- set quoted = [] -%}
    {%- for file in files -%}
        {%- do quoted.append("'" ~ file | replace("'", "''") | replace('[', '[[]') ~ "'") -%}
    {%- endfor -%}
    {%- set list = '[' ~ quoted | join(', ') ~ ']' -%}
    {%- if kind == 'parquet' -%}
        read_parquet({{ list }}, union_by_name = true)
    {%- elif kind == 'csv' -%}
        {#- fixed options: the sniffer may take a file with one short line for an empty one -#}
        read_csv(
            {{ list }}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"',
            union_by_name = true, null_padding = true, strict_mode = false, parallel = false
        )
    {%- else -%}
        {#- every column as text; a malformed line becomes a row without values, which is then rejected -#}
        read_json(
            {{ list }}, columns = {
            {%- for column in columns %}'{{ column }}': 'VARCHAR'{{ ', ' if not loop.last }}{% endfor -%} },
            {{ "format = 'newline_delimited', ignore_errors = true" if kind == 'lines'
                else "format = 'auto', maximum_object_size = 134217728" }}
        )
    {%- endif -%}
{%- endmacro %}

{#
    Does a file (its path under the raw path, without ending) or a warehouse table hold this raw table? It is
    called by the source table's identifier or one of its `also_named`, in any case. An adapter's table may
    also be called <name>_data, and stand in a folder of its system or begin with its name, there by its short
    name too: ticket, ticket_data, zendesk/ticket, zendesk_ticket. A table may be a folder of files.
#}
{% macro is_named_as(path, node) %}
    {%- set names = [node.identifier] + node.config.meta.get('also_named', []) -%}
    {%- if node.source_name == 'raw' -%}
        {%- set pattern = names | join('|') -%}
    {%- else -%}
        {%- set pattern = '((' ~ node.source_name ~ '[/_])?(' ~ names | join('|') ~ ')|'
            ~ node.source_name ~ '[/_]' ~ node.name ~ ')(_data)?' -%}
    {%- endif -%}
    {{ return(modules.re.match('^(' ~ pattern | lower ~ ')(/[^/]+)?$', path | lower) is not none) }}
{% endmacro %}

{# Files of one raw table, sorted, by kind. #}
{% macro raw_files(node, listing=none) %}
    {%- set found = {'parquet': [], 'csv': [], 'lines': [], 'documents': []} -%}
    {%- set kinds = {
        'parquet': 'parquet', 'csv': 'csv', 'jsonl': 'lines', 'ndjson': 'lines', 'json': 'documents',
    } -%}
    {%- set files = raw_listing() if listing is none else listing -%}
    {%- for file, path, ending in files if is_named_as(path, node) -%}
        {%- if not (node.source_name == 'raw' and ending == 'json') -%}
            {%- do found[kinds[ending]].append(file) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{# Every data file under the raw path, as (file, its path under the raw path without ending, ending). #}
{% macro raw_listing() %}
    {%- set folder = env_var('AGENT_KPIS_RAW_PATH', 'data/demo').rstrip('/') -%}
    {%- set quoted = folder | replace("'", "''") | replace('[', '[[]') -%}
    {%- set names = graph.sources.values() | map(attribute='source_name') -%}
    {%- set systems = names | unique | reject('eq', 'raw') | sort -%}
    {%- set listing = [] -%}
    {%- set query -%}
        select file from glob('{{ quoted }}/*')
        union select file from glob('{{ quoted }}/*/*')
        {% for system in systems %}union select file from glob('{{ quoted }}/{{ system }}/*/*'){% endfor %}
        order by file
    {%- endset -%}
    {%- for file in run_query(query).columns[0].values() -%}
        {%- set parts = modules.re.match(
            '^(.*?)[.](parquet|csv|jsonl|ndjson|json)([.]gz)?$', file[folder | length + 1:].replace('\\', '/')
        ) -%}
        {%- if parts -%}{%- do listing.append((file, parts.group(1), parts.group(2))) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(listing) }}
{% endmacro %}

{#
    The table of a warehouse that holds a raw table, under any of its names; none where it is not there.
    `listing` keeps the names of a schema's tables from one call to the next.
#}
{% macro raw_relation(node, listing={}) %}
    {%- if node.schema not in listing -%}
        {%- do listing.update({node.schema: adapter.dispatch('tables_in_schema')(node.schema)}) -%}
    {%- endif -%}
    {%- for name in listing[node.schema] | sort if is_named_as(name, node) -%}
        {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=name)) }}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}

{% macro default__tables_in_schema(schema) %}
    {{ return(run_query(
        "select table_name from information_schema.tables where table_schema = '" ~ schema ~ "'"
    ).columns[0].values()) }}
{% endmacro %}
{% macro spark__tables_in_schema(schema) %}
    {{ return(run_query('show tables in ' ~ schema).columns['tableName'].values()) }}
{% endmacro %}

{# Names of a relation's columns by their lower-case form: a warehouse may have folded startTime. #}
{% macro column_names(relation) %}
    {%- set names = {} -%}
    {%- for column in (adapter.get_columns_in_relation(relation) if relation else []) -%}
        {%- do names.update({column.name | lower: column.name}) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
