{#
    Where a system keeps the ids that join its rows to ours is a setting: the seed identity_paths gives up to
    five places per system and entity, tried in order of precedence. A place is a column (`session_id`) or a
    pointer into a JSON column (`metadata/spend_logs_metadata/work_item_id`).
#}
{% macro identity_entities() -%}
    {{ return([
        'agent', 'work_item', 'conversation', 'customer', 'topic', 'provider', 'response', 'work_seconds',
    ]) }}
{%- endmacro %}
{% macro identity_places() %}{{ return([1, 2, 3, 4, 5]) }}{% endmacro %}

{# A relation's rows with the places of their system beside them; without settings for it every id is NULL. #}
{% macro with_identity_paths(relation, system) -%}
    (
        select
            {{ relation }}.*,
            paths.*
        from {{ relation }}
        left join {{ ref('stg_settings__identity_paths') }} as paths on paths.source_system = '{{ system }}'
    ) as {{ relation }}
{%- endmacro %}

{#
    The id of an entity in a row: `columns` and JSON `documents` are those that a place may name.
    `relation` qualifies them where other rows are joined.
#}
{% macro identity(entity, columns, documents=[], relation=none) -%}
    {%- set prefix = relation ~ '.' if relation else '' -%}
    coalesce(
        {%- for place in identity_places() %}
        {%- set path = prefix ~ entity ~ '_' ~ place %}
        case
            {%- for column in columns %}
            when {{ path }} = '{{ column }}' then {{ prefix }}{{ adapter.quote(column) }}
            {%- endfor %}
            {%- for document in documents %}
            {%- set pointer = 'substr(' ~ path ~ ', ' ~ (document | length + 1) ~ ')' %}
            when {{ path }} like '{{ document }}/%'
                then nullif({{ json_text_at(prefix ~ adapter.quote(document), pointer) }}, '')
            {%- endfor %}
        end{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#
    The AI agent that a value of a ticket system stands for, by the seed ai_participants; NULL for people.
    `values` are the row's columns by what the seed calls them.
#}
{% macro ai_agent(system, values) -%}
    (
        select min(trim(participants.agent_id)) from {{ ref('ai_participants') }} as participants
        where
            lower(trim(participants.source_system)) = '{{ system }}'
            and case lower(trim(participants.matched_column))
                {%- for name, column in values.items() %}
                when '{{ name }}' then lower({{ column }})
                {%- endfor %}
            end like lower(trim(participants.pattern))
    )
{%- endmacro %}
