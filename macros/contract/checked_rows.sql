{#
    All rows of a contract table, from every system that gives it (`staged_by`): typed, each with the rules
    it breaks, `reject_reasons` (NULL for a valid row, else reasons in alphabetical order), and
    `raw_record` (the row as it came, as JSON, only where rejected). `rules` adds reasons that concern
    several columns: {reason: condition on typed columns and `raw_` columns}. `extras` are further columns
    that adapters may give, NULL in native rows.
#}
{% macro checked_rows(table_name, systems, rules={}, extras={}) %}
    {%- for system in systems -%}
    {{ '\n    union all\n' if not loop.first }}
    {{- checked_rows_of(table_name, system, rules, extras) }}
    {%- endfor -%}
{% endmacro %}

{% macro checked_rows_of(table_name, system, rules, extras) %}
    {%- set columns = contract_columns(table_name) -%}
    {%- set is_native = system.name == 'native' -%}
    select
        {% for name in columns %}{{ name }}, {% endfor %}
        {% for name in extras %}{{ name }}, {% endfor %}
        source_system,
        {{ system.rank }} as system_rank,
        reject_reasons,
        case when reject_reasons is not null then {{ raw_record(columns) }} end as raw_record
    from (
        select
            *,
            {{ reject_reasons(columns, rules) }} as reject_reasons
        from (
            select
                {% for name, type in extras.items() -%}
                {{ 'cast(null as ' ~ type ~ ')' if is_native else name }} as {{ name }},
                {% endfor -%}
                coalesce({{ clean_text('source_system') }}, 'native') as source_system,
                {% for name, rule in columns.items() -%}
                {{ name }} as raw_{{ name }},
                {{ typed_value(name, rule.kind) }} as {{ name }}{{ ',' if not loop.last }}
                {% endfor %}
            from {% if is_native -%} {{ system.relation }} {%- else -%} (
                select
                    {% for name in extras %}{{ name }}, {% endfor %}
                    {% for name in columns %}{{ as_arrived(name) }} as {{ name }}, {% endfor %}
                    source_system
                from {{ system.relation }}
            ) as adapted_rows {%- endif %}
        ) as typed_rows
    ) as judged_rows
{% endmacro %}

{#
    The systems that give a contract table, as {name, rank, relation}: the staging models stg_<name>__<table>
    of those named whose files or tables are there, else the first. Where two systems tell of the same thing,
    the one named first is believed: its rank is lower. While parsing all are there; in a unit test those that
    it gives rows for, since dbt finds no other.
#}
{% macro staged_by(table_name, names) %}
    {%- set present = present_systems() -%}
    {%- set given = model.depends_on.nodes if execute and not graph.sources else none -%}
    {%- set staged, found = [], [] -%}
    {%- for name in names -%}
        {%- set staging_model = 'stg_' ~ name ~ '__' ~ table_name -%}
        {%- if given is none or 'model.' ~ project_name ~ '.' ~ staging_model in given -%}
            {%- do staged.append({'name': name, 'rank': loop.index0, 'relation': ref(staging_model)}) -%}
            {%- if present is none or table_name in present.get(name, []) -%}
                {%- do found.append(staged[-1]) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found or staged[:1]) }}
{% endmacro %}

{% macro typed_value(column, kind) %}
    {%- if kind == 'timestamp' -%} {{ parse_timestamp(column) }}
    {%- elif kind == 'integer' -%} {{ parse_integer(column) }}
    {%- elif kind == 'number' -%} {{ parse_number(column) }}
    {%- elif kind == 'word' -%} {{ clean_word(column) }}
    {%- else -%} {{ clean_text(column) }}
    {%- endif -%}
{% endmacro %}

{% macro reject_reasons(columns, rules) %}
    {%- set found = {} -%}
    {%- do found.update(rules) -%}
    {%- for name, rule in columns.items() -%}
        {%- set is_present = is_present('raw_' ~ name) -%}
        {%- if rule.required -%}{%- do found.update({'missing:' ~ name: 'not ' ~ is_present}) -%}{%- endif -%}
        {%- if rule.kind in ('timestamp', 'integer', 'number') -%}
            {%- set is_read = ' and ' ~ rule.unless_ignored if rule.unless_ignored else '' -%}
            {%- set is_unread = is_present ~ ' and ' ~ name ~ ' is null' ~ is_read -%}
            {%- do found.update({'unparseable:' ~ name: is_unread}) -%}
        {%- endif -%}
        {%- if rule.words -%}
            {%- set is_other = name ~ " not in ('" ~ rule.words | join("', '") ~ "')" -%}
            {%- do found.update({'not_allowed:' ~ name: is_other}) -%}
        {%- endif -%}
        {%- if rule.min == 0 and rule.max is not defined -%}
            {%- do found.update({'negative:' ~ name: name ~ ' < 0'}) -%}
        {%- elif rule.min is defined -%}
            {%- set above = ' or ' ~ name ~ ' > ' ~ rule.max if rule.max is defined else '' -%}
            {%- do found.update({'out_of_range:' ~ name: name ~ ' < ' ~ rule.min ~ above}) -%}
        {%- endif -%}
    {%- endfor -%}
    nullif(concat_ws(', '
        {%- for reason in found | sort %},
                case when {{ found[reason] }} then '{{ reason }}' end
        {%- endfor %}
            ), '')
{%- endmacro %}

{% macro raw_record(columns) %}
    {%- set pairs = {'source_system': 'source_system'} -%}
    {%- for name, rule in columns.items() -%}
        {%- do pairs.update({name: hashed_id(name) if rule.hashed else as_text('raw_' ~ name)}) -%}
    {%- endfor -%}
    {{ json_object(pairs) }}
{%- endmacro %}

{#
    What became of a row: `rejected`; of the valid rows of a key the one loaded last is `kept` and the others
    are `superseded`; where several systems give the key, the rows of all but the first system are
    `duplicate`. `tie_break` decides between rows loaded at the same time; after it the columns do, in their
    order, so that every run keeps the same row.
#}
{% macro record_state(table_name, systems, tie_break=[]) %}
    {%- set columns = contract_columns(table_name) | list -%}
    {%- set versions -%}
        (
            partition by {{ columns[0] }}, reject_reasons
            order by
                system_rank,
                loaded_at desc
                {%- for expression in tie_break + columns[1:-1] %},
                {{ expression }} desc nulls last{% endfor %},
                source_system
        )
    {%- endset -%}
    case
        when reject_reasons is not null then 'rejected'
        when row_number() over {{ versions }} = 1 then 'kept'
        {% if systems | length > 1 -%}
        when system_rank > first_value(system_rank) over {{ versions }} then 'duplicate'
        {% endif -%}
        else 'superseded'
    end
{%- endmacro %}

{# Rule of tables whose rows must name a work item or a conversation. #}
{% macro names_no_subject() -%}
    not {{ is_present('raw_work_item_id') }} and not {{ is_present('raw_conversation_id') }}
{%- endmacro %}

{#
    Rule of tables with money: no rate of the row's currency holds at its moment,
    as when the moment is not known.
#}
{% macro has_no_rate(timestamp) -%}
    currency is not null
            and not exists (
                select 1 from {{ ref('stg_settings__currency_rates') }} as rates
                where rates.currency = {{ currency_code('typed_rows.currency') }}
                    and {{ is_valid_on(timestamp, 'rates') }}
                    and ({{ timestamp }} is not null or rates.currency = 'USD')
            )
{%- endmacro %}

{# Half-open validity of a settings row, compared in UTC at midnight; an open end has no bound. #}
{% macro is_valid_on(moment, settings) -%}
    ({{ moment }} >= {{ settings }}.valid_from or {{ settings }}.valid_from is null)
    and ({{ moment }} < {{ settings }}.valid_to or {{ settings }}.valid_to is null)
{%- endmacro %}
