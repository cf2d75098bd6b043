{#
    JSON access. A place in a document is a pointer: keys joined by `/`
    (`usage_object/prompt_tokens`), so that a key may hold dots. A document is read once, for all its
    pointers at a time; text that is no JSON gives NULL.

        {%- set metadata = {'document': 'metadata', 'pointers': ['status', 'usage_object/prompt_tokens']} -%}
        select *, {{ json_read(metadata) }} from … {{ fence() }}          -- adds the column metadata_values
        … {{ json_value(metadata, 'usage_object/prompt_tokens') }} …
#}
{% macro json_read(reader) -%}
    {{ adapter.dispatch('json_read')(reader.document, reader.pointers) }} as {{ reader.document }}_values
{%- endmacro %}
{% macro default__json_read(document, pointers) -%} staging.json_or_null({{ document }}) {%- endmacro %}
{% macro duckdb__json_read(document, pointers) -%}
    try(json_extract_string({{ document }}, ['/{{ pointers | join("', '/") }}']))
{%- endmacro %}
{% macro spark__json_read(document, pointers) -%} {{ document }} {%- endmacro %}

{# The text at one of the pointers that `json_read` was given. #}
{% macro json_value(reader, pointer) %}
    {%- if pointer not in reader.pointers -%}
        {%- do exceptions.raise_compiler_error('json_value: ' ~ pointer ~ ' was not read') -%}
    {%- endif -%}
    {%- set values = reader.document ~ '_values' -%}
    {{- return('(' ~ adapter.dispatch('json_value')(values, reader.pointers, pointer) ~ ')') -}}
{% endmacro %}
{% macro default__json_value(values, pointers, pointer) -%}
    {{ values }} #>> '{ {{- pointer | replace('/', ',') -}} }'
{%- endmacro %}
{% macro duckdb__json_value(values, pointers, pointer) -%}
    {{ values }}[{{ pointers.index(pointer) + 1 }}]
{%- endmacro %}
{% macro spark__json_value(values, pointers, pointer) -%}
    get_json_object({{ values }}, '$[\'{{ pointer | replace("/", "\\'][\\'") }}\']')
{%- endmacro %}

{# The whole numbers at several pointers, as a list of arguments. #}
{% macro json_counts(reader, pointers) -%}
    {%- for pointer in pointers -%}
        {{ parse_integer(json_value(reader, pointer)) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The text at a pointer known only at run time: an expression that begins with `/`. #}
{% macro json_text_at(document, pointer) %}
    {{- return(adapter.dispatch('json_text_at')(document, pointer)) -}}
{% endmacro %}
{% macro default__json_text_at(document, pointer) -%}
    staging.json_or_null({{ document }}) #>> string_to_array(substr({{ pointer }}, 2), '/')
{%- endmacro %}
{% macro duckdb__json_text_at(document, pointer) -%}
    try(json_extract_string({{ document }}, {{ pointer }}))
{%- endmacro %}
{% macro spark__json_text_at(document, pointer) -%}
    get_json_object({{ document }}, '$[\'' || replace(substr({{ pointer }}, 2), '/', '\'][\'') || '\']')
{%- endmacro %}

{# One row per element of a JSON list, as JSON text; stands in a select list. #}
{% macro explode_json(document) %}{{ return(adapter.dispatch('explode_json')(document)) }}{% endmacro %}
{% macro default__explode_json(document) -%}
    cast(jsonb_array_elements(staging.json_list_or_null({{ document }})) as text)
{%- endmacro %}
{% macro duckdb__explode_json(document) -%}
    cast(unnest(try(cast({{ document }} as json[]))) as varchar)
{%- endmacro %}
{% macro spark__explode_json(document) -%} explode(from_json({{ document }}, 'array<string>')) {%- endmacro %}

{#
    JSON text of a column, also where a file holds it as a struct, map or list.
    DuckDB folds `typeof` when it plans.
#}
{% macro json_text_of(column) -%}
    case
        when typeof({{ column }}) in ('VARCHAR', 'JSON') then cast({{ column }} as varchar)
        else cast(to_json({{ column }}) as varchar)
    end
{%- endmacro %}

{#
    Closes a subquery whose columns must be computed once, however often they are read:
    PostgreSQL would inline it.
#}
{% macro fence() %}{{ return(adapter.dispatch('fence')()) }}{% endmacro %}
{% macro default__fence() %}{{ return('') }}{% endmacro %}
{% macro postgres__fence() %}{{ return('offset 0') }}{% endmacro %}

{# A list of OTLP attributes, [{"key": …, "value": {"intValue": …}}], as one JSON object of texts. #}
{% macro otlp_attributes(document) %}{{ return(adapter.dispatch('otlp_attributes')(document)) }}{% endmacro %}
{% macro default__otlp_attributes(document) -%}
    (
        select cast(jsonb_object_agg(
            attribute ->> 'key',
            coalesce(
                attribute #>> '{value,stringValue}', attribute #>> '{value,intValue}',
                attribute #>> '{value,doubleValue}', attribute #>> '{value,boolValue}',
                attribute #>> '{value,arrayValue}'
            )
        ) as text)
        from jsonb_array_elements(staging.json_list_or_null({{ document }})) as attribute
        where attribute ->> 'key' is not null
    )
{%- endmacro %}
{% macro duckdb__otlp_attributes(document) -%}
    cast(to_json(map_from_entries(list_transform(
        list_distinct(list_filter(
            try(cast({{ document }} as json[])), lambda entry: entry ->> '$.key' is not null
        )),
        lambda entry: struct_pack(k := entry ->> '$.key', v := coalesce(
            entry ->> '$.value.stringValue', entry ->> '$.value.intValue', entry ->> '$.value.doubleValue',
            entry ->> '$.value.boolValue', entry ->> '$.value.arrayValue'
        ))
    ))) as varchar)
{%- endmacro %}

{#
    PostgreSQL 15 cannot try a cast: two functions do. Made before every build:
    the views of systems that are not there name them as well.
#}
{% macro make_json_functions() %}{{ return(adapter.dispatch('make_json_functions')()) }}{% endmacro %}
{% macro default__make_json_functions() %}{% endmacro %}
{% macro postgres__make_json_functions() %}
    {%- do run_query("
        create schema if not exists staging;
        create or replace function staging.json_or_null(document text) returns jsonb
        language plpgsql immutable parallel safe as $$
        begin
            return cast(document as jsonb);
        exception when others then
            return null;
        end $$;
        create or replace function staging.json_list_or_null(document text) returns jsonb
        language sql immutable parallel safe as $$
            select list from (select staging.json_or_null(document) as list) as lists
            where jsonb_typeof(list) = 'array'
        $$;
        commit
    ") -%}
{% endmacro %}
