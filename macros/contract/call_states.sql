{#
    CTEs that end in `judged_calls`: what became of each call, in record_state, call_rule and call_action. They read
    `latest_rows`, whose version_state tells what became of a row among the rows of its key. Native rows pass as they are.

    The rules of the seed call_rules come last: the first that matches leaves a call of an adapter out (`excluded`), or
    gives it another operation.
#}
{% macro call_states(systems) %}
{%- if systems | map(attribute='name') | list == ['native'] -%}
judged_calls as (
    select
        *,
        version_state as record_state,
        {{ as_text('null') }} as call_rule,
        {{ as_text('null') }} as call_action,
        {{ as_text('null') }} as ruled_operation
    from latest_rows
)
{%- else -%}
{{ compared_calls(systems | length > 1) }},

matched_calls as (
    select
        *,
        case when system_rank > 0 then (
            select min(rules.position) from {{ ref('stg_settings__call_rules') }} as rules
            where
                (rules.source_system is null or rules.source_system = compared_calls.source_system)
                and case rules.matched_column
                    {% for column in ['agent_id', 'operation', 'provider', 'model', 'labels'] -%}
                    when '{{ column }}' then lower(compared_calls.{{ column }})
                    {% endfor -%}
                end like rules.pattern
        ) end as rule_position
    from compared_calls
),

judged_calls as (
    select
        matched_calls.*,
        rules.rule as call_rule,
        rules.action as call_action,
        rules.operation as ruled_operation,
        case
            when matched_calls.version_state <> 'kept' then matched_calls.version_state
            when matched_calls.is_repeated then 'duplicate'
            when rules.action = 'exclude' then 'excluded'
            else 'kept'
        end as record_state
    from matched_calls
    left join {{ ref('stg_settings__call_rules') }} as rules on matched_calls.rule_position = rules.position
)
{%- endif -%}
{% endmacro %}

{#
    CTEs that end in `compared_calls`: does a row of an adapter tell of a call that another row tells of (is_repeated)?
    Yes, where
    - its own system says that it repeats the usage of another row (is_copy: a span around the span of the call);
    - another row has its provider response: the id the row gives, else the id a further system gives for the same
      api_call_id. Rows of one system that name different requests stay apart;
    - nobody knows the response of the one or the other, and it is, like it, the n-th of its conversation (else of its
      work item) with just these counts of tokens.
    Of such rows the one of the system listed first stands, then the one with most tokens.
#}
{% macro compared_calls(has_several_systems) %}
{%- set same_call = "stands, subject_id, total_input, output_tokens, occurrence" -%}
identified_calls as (
    select
        *,
        {% if has_several_systems -%}
        coalesce(
            provider_response_id,
            max(case when version_state in ('kept', 'duplicate') then provider_response_id end) over (partition by api_call_id)
        ) as response_id,
        {%- else -%}
        provider_response_id as response_id,
        {%- endif %}
        coalesce(conversation_id, work_item_id) as subject_id,
        coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0) as total_input
    from latest_rows
),

requested_calls as (
    select
        *,
        dense_rank() over (
            partition by version_state, system_rank, response_id order by coalesce(request_id, '')
        ) as request_number
    from identified_calls
),

numbered_calls as (
    select
        *,
        row_number() over (
            partition by version_state, coalesce('response ' || response_id, 'call ' || api_call_id), request_number
            order by coalesce(is_copy, false), system_rank, total_input + coalesce(output_tokens, 0) desc, api_call_id
        ) as copy_number
    from requested_calls
),

{% if has_several_systems -%}
standing_calls as (
    select
        *,
        version_state = 'kept' and copy_number = 1 and not coalesce(is_copy, false)
        and subject_id is not null and output_tokens is not null as stands
    from numbered_calls
),

counted_calls as (
    select
        *,
        row_number() over (
            partition by stands, system_rank, subject_id, total_input, output_tokens order by started_at, api_call_id
        ) as occurrence
    from standing_calls
),

{% endif -%}
compared_calls as (
    select
        *,
        coalesce(is_copy, false)
        or (copy_number > 1 and system_rank > 0)
        {%- if has_several_systems %}
        or (
            stands
            and system_rank > min(system_rank) over (partition by {{ same_call }})
            and min(case when response_id is null then 0 else 1 end) over (partition by {{ same_call }}) = 0
        )
        {%- endif %} as is_repeated
    from {{ 'counted_calls' if has_several_systems else 'numbered_calls' }}
)
{%- endmacro %}
