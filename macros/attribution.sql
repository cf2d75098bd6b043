{#
    Attribution of a row to a work item: `direct` (it names one that exists), else `inferred` (it names a
    conversation whose work item exists), else `unattributed`. `attribution_joins` gives the joins, the others
    read them. A table without work_item_id passes has_work_item=false.
#}
{% macro attribution_joins(rows, has_work_item=true) -%}
{% if has_work_item -%}
left join {{ ref('int_work_items__kept') }} as named_items
    on {{ rows }}.work_item_id = named_items.work_item_id
{% endif -%}
left join {{ ref('int_conversations__kept') }} as named_conversations
    on {{ rows }}.conversation_id = named_conversations.conversation_id
{%- endmacro %}

{% macro attributed_work_item_id(has_work_item=true) -%}
    {% if has_work_item -%}
        coalesce(named_items.work_item_id, named_conversations.existing_work_item_id)
    {%- else -%} named_conversations.existing_work_item_id
    {%- endif %}
{%- endmacro %}

{% macro attribution_kind() -%}
    case
        when named_items.work_item_id is not null then 'direct'
        when named_conversations.existing_work_item_id is not null then 'inferred'
        else 'unattributed'
    end
{%- endmacro %}

{# A row without agent_id takes its work item's agent and, only where it has no item, its conversation's. #}
{% macro attributed_agent_id(own_agent_id=none, has_work_item=true) -%}
    {%- set item_agent -%}
        {% if has_work_item -%}
            case when named_items.work_item_id is not null then named_items.agent_id
            else named_conversations.subject_agent_id end
        {%- else -%} named_conversations.subject_agent_id
        {%- endif -%}
    {%- endset -%}
    {{ 'coalesce(' ~ own_agent_id ~ ', ' ~ item_agent ~ ')' if own_agent_id else item_agent }}
{%- endmacro %}

{# Import of the valid, latest rows of a contract table. #}
{% macro kept_rows(table_name) -%}
    (select * from {{ ref('int_records__' ~ table_name) }} where record_state = 'kept')
{%- endmacro %}
