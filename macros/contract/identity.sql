{#
    Where a system keeps the ids that join its rows to ours is a setting: the seed identity_paths gives up to five places
    per system and entity, tried in order of precedence. A place is a column (`session_id`) or a pointer into a JSON
    column (`metadata/spend_logs_metadata/work_item_id`).
#}
{% macro identity_entities() -%}
    {{ return(['agent', 'work_item', 'conversation', 'customer', 'topic', 'provider', 'response', 'work_seconds']) }}
{%- endmacro %}
{% macro identity_places() %}{{ return([1, 2, 3, 4, 5]) }}{% endmacro %}

{# Join of a system's places to its rows; without settings for the system every id is NULL. #}
{% macro identity_join(system) -%}
    left join {{ ref('stg_settings__identity_paths') }} as paths on paths.source_system = '{{ system }}'
{%- endmacro %}

{# The id of an entity in a row: `columns` and JSON `documents` are those of the row that a place may name. #}
{% macro identity(entity, columns, documents=[]) -%}
    coalesce(
        {%- for place in identity_places() %}
        {%- set path = entity ~ '_' ~ place %}
        case
            {%- for column in columns %}
            when {{ path }} = '{{ column }}' then {{ adapter.quote(column) }}
            {%- endfor %}
            {%- for document in documents %}
            when {{ path }} like '{{ document }}/%'
                then nullif({{ json_text_at(adapter.quote(document), "substr(" ~ path ~ ", " ~ (document | length + 1) ~ ")") }}, '')
            {%- endfor %}
        end{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#
    The AI agent that a value of a ticket system stands for, by the seed ai_participants; NULL for people. `values` are
    the row's columns by what the seed calls them.
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
