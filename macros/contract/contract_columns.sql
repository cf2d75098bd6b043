{#
    The raw contract: for every table its columns in order, the first one being the key. A column
    is `name: [kind, rules…]`; kinds are text, word, timestamp, integer, number. Rules:
    `required`; `words` (allowed ones); `min`, `max` (bounds; `min: 0` is reported as `negative`,
    any other bound as `out_of_range`); `hashed` (personal id); `unless_ignored` (condition under
    which the column is read at all).
#}
{% macro contract_columns(table_name) %}
    {%- set id = {'kind': 'text', 'required': true} -%}
    {%- set text = {'kind': 'text'} -%}
    {%- set person = {'kind': 'text', 'hashed': true} -%}
    {%- set time = {'kind': 'timestamp'} -%}
    {%- set required_time = {'kind': 'timestamp', 'required': true} -%}
    {%- set tokens = {'kind': 'integer', 'min': 0} -%}
    {%- set required_number = {'kind': 'number', 'required': true} -%}
    {%- set tables = {
        'agents': {
            'agent_id': id, 'agent_name': text, 'team': text, 'use_case': text, 'deployed_at': time,
            'retired_at': time, 'loaded_at': required_time,
        },
        'work_items': {
            'work_item_id': id, 'agent_id': text, 'work_item_type': text, 'channel': text,
            'customer_id': person, 'topic': text, 'received_at': required_time,
            'closed_at': {'kind': 'timestamp', 'unless_ignored': "coalesce(status, '') <> 'open'"},
            'status': {
                'kind': 'word', 'required': true, 'words': ['open', 'completed', 'abandoned', 'excluded'],
            },
            'resolved_by': {'kind': 'word', 'words': ['ai', 'human']},
            'resolution_evidence': {'kind': 'word', 'words': ['confirmed', 'assumed']},
            'agent_version': text, 'loaded_at': required_time,
        },
        'conversations': {
            'conversation_id': id, 'work_item_id': text, 'agent_id': text, 'channel': text,
            'customer_id': person, 'topic': text, 'started_at': required_time, 'closed_at': time,
            'close_reason': {'kind': 'word'}, 'loaded_at': required_time,
        },
        'messages': {
            'message_id': id, 'conversation_id': id,
            'sender_type': {'kind': 'word', 'required': true, 'words': ['customer', 'ai', 'human']},
            'sender_id': person, 'sent_at': required_time, 'loaded_at': required_time,
        },
        'api_calls': {
            'api_call_id': id, 'agent_id': id, 'work_item_id': text, 'conversation_id': text, 'provider': id,
            'model': id,
            'operation': {
                'kind': 'word', 'words': ['chat', 'embedding', 'rerank', 'moderation', 'evaluation', 'other'],
            },
            'service_tier': {'kind': 'word', 'words': ['standard', 'batch', 'flex', 'priority']},
            'started_at': required_time, 'ended_at': time, 'input_tokens': tokens,
            'cache_read_tokens': tokens, 'cache_write_tokens': tokens, 'output_tokens': tokens,
            'status': {'kind': 'word', 'required': true, 'words': ['success', 'error']},
            'error_type': {'kind': 'word'},
            'request_id': text, 'attempt_number': {'kind': 'integer', 'min': 1}, 'retry_of_api_call_id': text,
            'reported_cost_usd': {'kind': 'number', 'min': 0}, 'provider_response_id': text,
            'agent_version': text, 'loaded_at': required_time,
        },
        'handoffs': {
            'handoff_id': id, 'work_item_id': text, 'conversation_id': text,
            'initiated_by': {'kind': 'word', 'required': true, 'words': ['ai', 'customer', 'policy']},
            'reason': {'kind': 'word'}, 'handed_off_at': required_time, 'accepted_at': time,
            'loaded_at': required_time,
        },
        'human_reviews': {
            'review_id': id, 'work_item_id': text, 'conversation_id': text, 'reviewer_id': person,
            'reviewer_role': text,
            'review_type': {'kind': 'word', 'words': ['escalation', 'approval', 'quality_check', 'handling']},
            'started_at': required_time, 'ended_at': time, 'active_minutes': {'kind': 'number', 'min': 0},
            'loaded_at': required_time,
        },
        'infra_costs': {
            'cost_id': id,
            'cost_layer': {
                'kind': 'word', 'required': true,
                'words': ['infrastructure', 'observability', 'vector_db', 'platform', 'llm_api'],
            },
            'vendor': text, 'service': text, 'charge_start': required_time, 'charge_end': required_time,
            'amount': required_number, 'currency': id, 'agent_id': text, 'loaded_at': required_time,
        },
        'outcome_values': {
            'value_id': id, 'work_item_id': id,
            'value_type': {'kind': 'word', 'required': true, 'words': ['revenue', 'cost_avoidance']},
            'amount': required_number, 'currency': id, 'recognized_at': required_time,
            'loaded_at': required_time,
        },
        'csat_responses': {
            'survey_id': id, 'work_item_id': text, 'conversation_id': text,
            'leg': {'kind': 'word', 'required': true, 'words': ['ai', 'human']}, 'prompted_at': required_time,
            'responded_at': time, 'rating': {'kind': 'number', 'min': 1, 'max': 5},
            'loaded_at': required_time,
        },
        'sentiment_scores': {
            'score_id': id, 'conversation_id': id, 'message_id': text,
            'negative_score': {'kind': 'number', 'required': true, 'min': 0, 'max': 1}, 'scorer': text,
            'scored_at': required_time, 'loaded_at': required_time,
        },
        'kb_retrievals': {
            'retrieval_id': id, 'agent_id': text, 'work_item_id': text, 'conversation_id': text,
            'retrieved_at': required_time, 'top_document_id': text, 'expected_document_id': text,
            'loaded_at': required_time,
        },
        'reply_edits': {
            'edit_id': id, 'message_id': text, 'conversation_id': text, 'agent_id': text, 'editor_id': person,
            'edited_at': required_time, 'fed_back_at': time, 'kb_document_id': text,
            'loaded_at': required_time,
        },
    } -%}
    {{ return(tables[table_name] if table_name else tables.keys() | list) }}
{% endmacro %}

{# Names of the thirteen tables. #}
{% macro contract_tables() %}{{ return(contract_columns(none)) }}{% endmacro %}
