{# Values that several adapters derive in the same way. Each rule stands here once. #}

{# The earliest named of several times that can be read. #}
{% macro first_time(columns) -%}
    coalesce({% for column in columns %}{{ parse_timestamp(column) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{#
    Input tokens without those read from or written to the cache, for a source whose count includes them.
    Where the parts exceed the whole, the source counted without them after all.
#}
{% macro uncached_tokens(input, cache_read, cache_write) -%}
    case
        when {{ input }} >= coalesce({{ cache_read }}, 0) + coalesce({{ cache_write }}, 0)
            then {{ input }} - coalesce({{ cache_read }}, 0) - coalesce({{ cache_write }}, 0)
        else {{ input }}
    end
{%- endmacro %}

{#
    A derived number as text; where it could not be derived, what was there,
    so that the contract's check names it.
#}
{% macro or_as_it_came(number, raw_column) -%}
    coalesce({{ as_text(number) }}, {{ as_text(raw_column) }})
{%- endmacro %}

{# Status of a call; what could not be read is no status, so that the contract's check names it. #}
{% macro call_status(relation) -%}
    case
        when {{ relation }}.is_unreadable then 'unreadable'
        when {{ relation }}.is_error then 'error'
        else 'success'
    end
{%- endmacro %}

{# The contract's word for an HTTP status code and the name of an error, both text. #}
{% macro call_error_type(code, name) -%}
    case
        when lower({{ name }}) like '%timeout%' or {{ code }} in ('408', '504') then 'timeout'
        when lower({{ name }}) like '%ratelimit%' or lower({{ name }}) like '%rate_limit%'
            or {{ code }} = '429'
            then 'rate_limit'
        when lower({{ name }}) like '%content%policy%' or lower({{ name }}) like '%content_filter%'
            then 'content_filter'
        when lower({{ name }}) like '%abort%' or lower({{ name }}) like '%cancel%'
            or {{ code }} in ('499', '-3')
            then 'client_abort'
        when lower({{ name }}) like '%validation%' or lower({{ name }}) like '%schema%'
            then 'validation_failure'
        when lower({{ name }}) like '%contextwindow%' or lower({{ name }}) like '%context_length%'
            then 'model_error'
        when {{ code }} like '5__'
            or lower({{ name }}) like '%server%' or lower({{ name }}) like '%unavailable%'
            or lower({{ name }}) like '%connection%' or lower({{ name }}) like '%overloaded%'
            then 'server_error'
        else 'other'
    end
{%- endmacro %}

{# The contract's word for a service tier; a plain one goes by several names. #}
{% macro call_service_tier(tier) -%}
    case
        when lower({{ tier }}) in ('', 'default', 'auto', 'standard', 'on_demand') then 'standard'
        else lower({{ tier }})
    end
{%- endmacro %}

{# One name per provider, the one that the seed model_prices uses. #}
{% macro provider_name(provider) -%}
    case lower({{ provider }})
        when 'azure.ai.openai' then 'azure'
        when 'az.ai.openai' then 'azure'
        when 'azure.ai.inference' then 'azure'
        when 'aws.bedrock' then 'bedrock'
        when 'aws_bedrock' then 'bedrock'
        when 'bedrock_converse' then 'bedrock'
        when 'amazon_bedrock' then 'bedrock'
        when 'gcp.gemini' then 'google'
        when 'gcp.gen_ai' then 'google'
        when 'gcp.vertex_ai' then 'google'
        when 'gemini' then 'google'
        when 'google_genai' then 'google'
        when 'google_vertexai' then 'google'
        when 'vertex_ai' then 'google'
        when 'vertex_ai_beta' then 'google'
        when 'mistral_ai' then 'mistral'
        when 'mistralai' then 'mistral'
        when 'text-completion-openai' then 'openai'
        when 'together' then 'together_ai'
        when 'togetherai' then 'together_ai'
        when 'x_ai' then 'xai'
        else lower({{ provider }})
    end
{%- endmacro %}

{#
    CTEs that end in `call_attempts` (call_id, request_id, attempt_number): which calls are attempts of one
    request, where the source does not say. Calls of one scope (parts: texts that they share) that follow upon
    an error within two minutes repeat it. `retries`, where the source gives it with the last attempt, bounds
    how many came before. Only calls of requests that took several attempts get a row, and one only.
#}
{% macro call_attempts(relation, call_id, scope, ended_at, is_error, retries='cast(null as bigint)') -%}
calls as (
    select
        {{ call_id }} as call_id,
        {{ scope[0] }}
        {%- for part in scope[1:] %} || ' ' || coalesce({{ part }}, ''){% endfor %} as attempt_scope,
        {{ parse_timestamp('started_at') }} as started_at,
        {{ ended_at }} as ended_at,
        {{ is_error }} as is_error,
        {{ retries }} as retries
    from {{ relation }}
),

-- a call may have been delivered more than once
failing_scopes as (
    select
        *,
        row_number() over (
            partition by call_id order by ended_at desc nulls last, started_at, is_error
        ) as version_number
    from calls
    where attempt_scope in (select errors.attempt_scope from calls as errors where errors.is_error)
),

sequences as (
    select
        *,
        case
            when lag(is_error) over (partition by attempt_scope order by started_at, call_id)
                and started_at <= {{ add_seconds(
                    'lag(coalesce(ended_at, started_at))'
                    ~ ' over (partition by attempt_scope order by started_at, call_id)',
                    120
                ) }}
                then 0
            else 1
        end as starts_request
    from failing_scopes
    where version_number = 1
),

numbered_requests as (
    select
        *,
        sum(starts_request) over (
            partition by attempt_scope order by started_at, call_id rows unbounded preceding
        ) as request_number
    from sequences
),

ranked_attempts as (
    select
        call_id,
        row_number() over (
            partition by attempt_scope, request_number order by started_at desc, call_id desc
        ) - 1 as attempts_after,
        count(*) over (partition by attempt_scope, request_number) as attempts,
        first_value(call_id) over (
            partition by attempt_scope, request_number order by started_at desc, call_id desc
        ) as request_id,
        first_value(retries) over (
            partition by attempt_scope, request_number order by started_at desc, call_id desc
        ) as retries
    from numbered_requests
),

call_attempts as (
    select
        call_id,
        request_id,
        coalesce(retries, attempts - 1) - attempts_after + 1 as attempt_number
    from ranked_attempts
    where coalesce(retries, attempts - 1) > 0 and attempts_after <= coalesce(retries, attempts_after)
)
{%- endmacro %}

{# A flag of any kind: true, 1, yes; false for all else, NULL too. #}
{% macro is_yes(column) -%}
    coalesce(lower({{ as_text(column) }}) in ('true', 't', '1', 'yes'), false)
{%- endmacro %}

{#
    The provider that offers a model of this name, by the seed model_providers;
    `unknown` where no pattern fits.
#}
{% macro provider_of_model(model) -%}
    coalesce((
        select min(providers.provider) from {{ ref('model_providers') }} as providers
        where
            providers.position = (
                select min(candidates.position) from {{ ref('model_providers') }} as candidates
                where lower({{ model }}) like lower(trim(candidates.pattern))
            )
    ), 'unknown')
{%- endmacro %}

{# A hash of text columns, for rows that have no id of their own. #}
{% macro row_hash(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append("coalesce(" ~ adapter.quote(column) ~ ", '')") -%}
    {%- endfor -%}
    {{ dbt.hash(parts | join(" || '|' || ")) }}
{%- endmacro %}

{#
    A time given as a timestamp or as seconds since 1970: as a timestamp;
    `time_or_seconds` as text, else as it came.
#}
{% macro instant(column) -%}
    coalesce({{ epoch_to_timestamp(column, 'second') }}, {{ parse_timestamp(column) }})
{%- endmacro %}
{% macro time_or_seconds(column) -%} {{ or_as_it_came(instant(column), column) }} {%- endmacro %}

{# A rating of 1 to 5. Of two levels good is 5 and bad is 1; offered is asked and not answered. #}
{% macro rating_of(score) -%}
    case
        when lower({{ score }}) like 'good%' then '5'
        when lower({{ score }}) like 'bad%' then '1'
        when lower({{ score }}) <> 'offered' then {{ score }}
    end
{%- endmacro %}
