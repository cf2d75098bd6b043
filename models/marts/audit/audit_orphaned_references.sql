{%- set references = [
    ('work_items', 'agent_id', 'agents'),
    ('conversations', 'work_item_id', 'work_items'),
    ('conversations', 'agent_id', 'agents'),
    ('messages', 'conversation_id', 'conversations'),
    ('api_calls', 'agent_id', 'agents'),
    ('api_calls', 'work_item_id', 'work_items'),
    ('api_calls', 'conversation_id', 'conversations'),
    ('api_calls', 'retry_of_api_call_id', 'api_calls'),
    ('handoffs', 'work_item_id', 'work_items'),
    ('handoffs', 'conversation_id', 'conversations'),
    ('human_reviews', 'work_item_id', 'work_items'),
    ('human_reviews', 'conversation_id', 'conversations'),
    ('infra_costs', 'agent_id', 'agents'),
    ('outcome_values', 'work_item_id', 'work_items'),
    ('csat_responses', 'work_item_id', 'work_items'),
    ('csat_responses', 'conversation_id', 'conversations'),
    ('sentiment_scores', 'conversation_id', 'conversations'),
    ('sentiment_scores', 'message_id', 'messages'),
    ('kb_retrievals', 'agent_id', 'agents'),
    ('kb_retrievals', 'work_item_id', 'work_items'),
    ('kb_retrievals', 'conversation_id', 'conversations'),
    ('reply_edits', 'message_id', 'messages'),
    ('reply_edits', 'conversation_id', 'conversations'),
    ('reply_edits', 'agent_id', 'agents'),
] -%}

{% for table, column, parent in references -%}
{%- set parent_key = contract_columns(parent) | first -%}
select
    '{{ table }}' as source_table,
    '{{ column }}' as reference_column,
    '{{ parent }}' as referenced_table,
    cast(count(*) as bigint) as orphaned_rows,
    cast(count(distinct children.{{ column }}) as bigint) as orphaned_keys
from {{ ref('int_records__' ~ table) }} as children
left join {{ ref('int_records__' ~ parent) }} as parents
    on children.{{ column }} = parents.{{ parent_key }} and parents.record_state = 'kept'
where
    children.record_state = 'kept'
    and children.{{ column }} is not null
    and parents.{{ parent_key }} is null
{{ 'union all' if not loop.last }}
{% endfor %}
