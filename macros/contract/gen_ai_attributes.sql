{#
    What we read of a span, under each name that the GenAI conventions have given it, the newest first.
#}
{% macro gen_ai_attributes() %}{{ return({
    'operation': ['gen_ai.operation.name', 'llm.request.type'],
    'provider': ['gen_ai.provider.name', 'gen_ai.system'],
    'model': ['gen_ai.response.model', 'gen_ai.request.model'],
    'response_id': ['gen_ai.response.id'],
    'input_tokens': ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'],
    'output_tokens': ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'],
    'cache_read_tokens': ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
    'cache_write_tokens': [
        'gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens',
    ],
    'service_tier': [
        'openai.response.service_tier', 'gen_ai.openai.response.service_tier', 'openai.request.service_tier',
        'gen_ai.openai.request.service_tier',
    ],
    'error_type': ['error.type'],
    'agent_version': ['gen_ai.agent.version'],
    'documents': ['gen_ai.retrieval.documents'],
}) }}{% endmacro %}
