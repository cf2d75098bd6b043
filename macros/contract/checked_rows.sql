{#
    All rows of one source, typed, each with the rules it breaks: `reject_reasons` (NULL for a valid row, else reasons in
    alphabetical order) and `raw_record` (the row as it came, as JSON, only where rejected).
    `rules` adds reasons that concern several columns: {reason: condition on typed columns and `raw_` columns}.
#}
{% macro checked_rows(table_name, relation, rules={}) %}
    {%- set columns = contract_columns(table_name) -%}
    select
        {% for name in columns %}{{ name }}, {% endfor %}
        source_system,
        reject_reasons,
        case when reject_reasons is not null then {{ raw_record(columns) }} end as raw_record
    from (
        select
            *,
            {{ reject_reasons(columns, rules) }} as reject_reasons
        from (
            select
                coalesce({{ clean_text('source_system') }}, 'native') as source_system,
                {% for name, rule in columns.items() -%}
                {{ name }} as raw_{{ name }},
                {{ typed_value(name, rule.kind) }} as {{ name }}{{ ',' if not loop.last }}
                {% endfor %}
            from {{ relation }}
        ) as typed_rows
    ) as judged_rows
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
            {%- do found.update({'unparseable:' ~ name: is_present ~ ' and ' ~ name ~ ' is null' ~ is_read}) -%}
        {%- endif -%}
        {%- if rule.words -%}
            {%- do found.update({'not_allowed:' ~ name: name ~ " not in ('" ~ rule.words | join("', '") ~ "')"}) -%}
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
    What became of a row: `rejected`; of the valid rows of a key the one loaded last is `kept` and the others are
    `superseded`. `tie_break` decides between rows loaded at the same time; after it the columns do, in their order,
    so that every run keeps the same row.
#}
{% macro record_state(table_name, tie_break=[]) %}
    {%- set columns = contract_columns(table_name) | list -%}
    case
        when reject_reasons is not null then 'rejected'
        when row_number() over (
            partition by {{ columns[0] }}, reject_reasons
            order by
                loaded_at desc
                {%- for expression in tie_break + columns[1:-1] %},
                {{ expression }} desc nulls last{% endfor %},
                source_system
        ) > 1 then 'superseded'
        else 'kept'
    end
{%- endmacro %}

{# Rule of tables whose rows must name a work item or a conversation. #}
{% macro names_no_subject() -%}
    not {{ is_present('raw_work_item_id') }} and not {{ is_present('raw_conversation_id') }}
{%- endmacro %}

{# Rule of tables with money: no rate of the row's currency holds at its moment, as when the moment is not known. #}
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
