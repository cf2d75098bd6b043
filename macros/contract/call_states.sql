{#
    CTEs that end in `judged_calls`: what became of each call, in record_state, call_rule and
    call_action. They read `latest_rows`, whose version_state tells what became of a row among the rows
    of its key. Native rows pass as they are.

    The rules of the seed call_rules come last:
    the first that matches leaves a call of an adapter out (`excluded`), or gives it another operation.
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
    CTEs that end in `compared_calls`: does a row of an adapter tell of a call that another row
    tells of (is_repeated)? Yes, where
    - its own system says that it repeats the usage of another row (is_copy:
      a span around the span of the call);
    - another row has its provider response: the id the row gives, else the id a further system gives for the
      same api_call_id. Rows of one system that name different requests stay apart;
    - nobody knows the response of the one or the other, and it is, like it,
      the n-th of its conversation (else of its work item) with just these counts of tokens.
    Of such rows the one of the system listed first stands, then the one with most tokens.
#}
{% macro compared_calls(has_several_systems) %}
{%- set same_call = "subject_id, status, total_input, output_tokens, occurrence" -%}
-- few columns, since the windows below sort them
known_calls as (
    select
        system_rank,
        api_call_id,
        version_state,
        status,
        started_at,
        output_tokens,
        coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
            as total_input,
        coalesce(conversation_id, work_item_id) as subject_id,
        coalesce(request_id, '') as request_id,
        coalesce(is_copy, false) as is_copy,
        {% if has_several_systems -%}
        coalesce(provider_response_id, max(provider_response_id) over (partition by api_call_id))
            as response_id
        {%- else -%}
        provider_response_id as response_id
        {%- endif %}
    from latest_rows
    where version_state in ('kept', 'duplicate')
),

comparable_calls as (
    select
        *,
        dense_rank() over (partition by system_rank, response_id order by request_id) as request_number
    from known_calls
    where
        version_state = 'kept'
        {%- if not has_several_systems %}
        -- of one system, only calls that share a response can repeat each other
        and (
            is_copy
            or response_id in (select response_id from known_calls group by response_id having count(*) > 1)
        )
        {%- endif %}
),

numbered_calls as (
    select
        *,
        row_number() over (
            partition by coalesce('response ' || response_id, 'call ' || api_call_id), request_number
            order by is_copy, system_rank, total_input + coalesce(output_tokens, 0) desc, api_call_id
        ) as copy_number
    from comparable_calls
),

{% if has_several_systems -%}
counted_calls as (
    select
        *,
        row_number() over (
            partition by system_rank, subject_id, status, total_input, output_tokens
            order by started_at, api_call_id
        ) as occurrence
    from numbered_calls
    where copy_number = 1 and not is_copy and subject_id is not null
),

matched_by_count as (
    select
        system_rank,
        api_call_id,
        system_rank > min(system_rank) over (partition by {{ same_call }})
        and min(case when response_id is null then 0 else 1 end) over (partition by {{ same_call }}) = 0
            as is_repeated
    from counted_calls
),

{% endif -%}
repeated_calls as (
    select
        system_rank,
        api_call_id
    from numbered_calls
    where (is_copy or copy_number > 1) and system_rank > 0
    {%- if has_several_systems %}
    union
    select
        system_rank,
        api_call_id
    from matched_by_count
    where is_repeated
    {%- endif %}
),

compared_calls as (
    select
        latest_rows.*,
        repeated_calls.api_call_id is not null as is_repeated
    from latest_rows
    left join repeated_calls
        on latest_rows.system_rank = repeated_calls.system_rank
        and latest_rows.api_call_id = repeated_calls.api_call_id
        and latest_rows.version_state = 'kept'
)
{%- endmacro %}
