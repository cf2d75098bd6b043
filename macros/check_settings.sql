{# Runs before every build: a misconfiguration stops it at once, with one sentence that says what to do. #}
{% macro check_settings() %}
    {%- if execute and flags.WHICH in ('build', 'run', 'seed', 'test') -%}
        {%- do check_week_start() -%}
        {%- do check_timezone() -%}
        {%- do check_data_as_of() -%}
        {%- do check_numbers() -%}
        {%- do check_settings_folder() -%}
        {%- do check_raw_tables() -%}
        {%- do make_json_functions() -%}
    {%- endif -%}
{% endmacro %}

{% macro stop(sentence) %}{% do exceptions.raise_compiler_error(sentence) %}{% endmacro %}

{% macro check_week_start() %}
    {%- if var('week_start') | string not in ['1', '2', '3', '4', '5', '6', '7'] -%}
        {%- do stop(
            "The var week_start is '" ~ var('week_start')
            ~ "'; give a whole number from 1 (Monday) to 7 (Sunday)."
        ) -%}
    {%- endif -%}
{% endmacro %}

{% macro check_timezone() %}{{ return(adapter.dispatch('check_timezone')()) }}{% endmacro %}

{% macro default__check_timezone() %}
    {%- if not modules.re.match('^[A-Za-z0-9_+/-]+$', var('reporting_timezone') | string) -%}
        {%- do unknown_timezone() -%}
    {%- endif -%}
{% endmacro %}

{% macro duckdb__check_timezone() %}{% do check_timezone_in('pg_timezone_names()') %}{% endmacro %}
{% macro postgres__check_timezone() %}{% do check_timezone_in('pg_timezone_names') %}{% endmacro %}

{% macro check_timezone_in(names) %}
    {%- set zone = var('reporting_timezone') | string | replace("'", "''") -%}
    {%- set found = run_query("select count(*) from " ~ names ~ " where name = '" ~ zone ~ "'") -%}
    {%- if found.columns[0].values()[0] == 0 -%}
        {%- do unknown_timezone() -%}
    {%- endif -%}
{% endmacro %}

{% macro unknown_timezone() %}
    {%- do stop(
        "The var reporting_timezone is '" ~ var('reporting_timezone')
        ~ "', which is no known time zone; give an IANA name such as Europe/Berlin."
    ) -%}
{% endmacro %}

{% macro check_data_as_of() %}
    {%- set given = var('data_as_of') | string | trim -%}
    {%- if given and not modules.re.match(timestamp_pattern(is_time_optional=true), given) -%}
        {%- do stop(
            "The var data_as_of is '" ~ given
            ~ "', which is no UTC time; give it like 2026-02-19 or 2026-02-19T06:00:00Z."
        ) -%}
    {%- endif -%}
{% endmacro %}

{% macro check_numbers() %}
    {%- for name in [
        'return_window_hours', 'drift_threshold_pct', 'minimum_sample', 'max_unpriced_call_share',
        'onboarding_months',
    ] -%}
        {%- if not modules.re.match('^[0-9]+([.][0-9]+)?$', var(name) | string) -%}
            {%- do stop(
                "The var " ~ name ~ " is '" ~ var(name) ~ "'; give a number that is not negative."
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set layers = [
        'api', 'retries', 'human_review', 'infrastructure', 'observability', 'vector_db', 'platform'
    ] -%}
    {%- set unknown = var('expected_cost_layers') | reject('in', layers) | list -%}
    {%- if unknown -%}
        {%- do stop(
            "The var expected_cost_layers names '" ~ unknown[0]
            ~ "', which is no cost layer; choose from " ~ layers | join(', ') ~ "."
        ) -%}
    {%- endif -%}
{% endmacro %}

{% macro check_settings_folder() %}
    {%- if env_var('AGENT_KPIS_SETTINGS_PATH', '') and not env_var('AGENT_KPIS_SETTINGS_DIR', '') -%}
        {%- do stop(
            "AGENT_KPIS_SETTINGS_PATH is set but its files were not copied into the project; "
            ~ "start the build with scripts/run, or unset the variable."
        ) -%}
    {%- endif -%}
{% endmacro %}

{% macro check_raw_tables() %}
    {%- set present = present_systems() or {} -%}
    {%- if present.values() | sum(start=[]) | length > present.get('native', []) | length -%}
        {%- do check_documents() -%}
    {%- endif -%}
    {%- if not present.values() | sum(start=[]) -%}
        {%- do stop(
            "No raw table was found " ~ raw_location()
            ~ "; put at least work_items and api_calls (or conversations and messages) there, "
            ~ "or the export of a supported system."
        ) -%}
    {%- endif -%}
{% endmacro %}

{% macro raw_location() %}{{ return(adapter.dispatch('raw_location')()) }}{% endmacro %}
{% macro default__raw_location() %}{{ return("in the schema '" ~ var('raw_schema') ~ "'") }}{% endmacro %}
{% macro duckdb__raw_location() %}
    {{ return(
        "under the raw path '" ~ env_var('AGENT_KPIS_RAW_PATH', 'data/demo') ~ "' (AGENT_KPIS_RAW_PATH)"
    ) }}
{% endmacro %}

{#
    A JSON document that was cut off cannot be read in part:
    it stops the build before any table of it is made.
#}
{% macro check_documents() %}{{ return(adapter.dispatch('check_documents')()) }}{% endmacro %}
{% macro default__check_documents() %}{% endmacro %}
{% macro duckdb__check_documents() %}
    {%- set listing = raw_listing() -%}
    {%- for node in graph.sources.values() if node.source_name != 'raw' -%}
        {%- set files = raw_files(node, listing)['documents'] -%}
        {%- if files -%}
            {%- set documents = read_raw_files('documents', files, node.columns.keys() | list) -%}
            {%- do run_query('select count(*) from ' ~ documents) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
