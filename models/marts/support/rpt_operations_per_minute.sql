{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='activity_date',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_vanished_days(this) }}",
) }}

with

{% if is_incremental() -%}
written_days as (select activity_date, fingerprint from {{ this }} group by activity_date, fingerprint),

{% endif -%}
-- days whose rows have changed since this table was last written; all of them the first time
changed_days as (
    select
        days.activity_date,
        days.fingerprint
    from {{ ref('int_operations__days') }} as days
    {% if is_incremental() -%}
    left join written_days as written
        on days.activity_date = written.activity_date and days.fingerprint = written.fingerprint
    where written.activity_date is null
    {%- endif %}
),

calls as (
    select
        {{ dbt.date_trunc('minute', 'calls.started_at') }} as minute_start,
        members.agent_id,
        count(*) as api_calls,
        {{ count_where("calls.status = 'error'") }} as failed_api_calls,
        {{ count_where("calls.status = 'error' and calls.was_retried") }} as retried_api_calls,
        cast(sum(calls.total_tokens) as bigint) as total_tokens,
        {{ as_money('sum(calls.cost)') }} as cost
    from {{ ref('fct_api_calls') }} as calls
    inner join changed_days on cast(calls.started_at as date) = changed_days.activity_date
    inner join {{ ref('int_periods__agents') }} as members on calls.agent_id = members.member_agent_id
    group by 1, 2
),

conversations as (
    select
        {{ dbt.date_trunc('minute', 'conversations.started_at') }} as minute_start,
        members.agent_id,
        count(*) as conversations_started,
        percentile_cont(0.5) within group (order by conversations.first_response_seconds)
            as first_response_median,
        percentile_cont(0.95) within group (order by conversations.first_response_seconds)
            as first_response_p95
    from {{ ref('fct_conversations') }} as conversations
    inner join changed_days on cast(conversations.started_at as date) = changed_days.activity_date
    inner join {{ ref('int_periods__agents') }} as members
        on coalesce(conversations.agent_id, '') = members.member_agent_id
    group by 1, 2
)

select
    coalesce(calls.minute_start, conversations.minute_start) as minute_start,
    coalesce(calls.agent_id, conversations.agent_id) as agent_id,
    cast(coalesce(conversations.conversations_started, 0) as bigint) as conversations_started,
    conversations.first_response_median as first_response_seconds_median,
    conversations.first_response_p95 as first_response_seconds_p95,
    cast(coalesce(calls.api_calls, 0) as bigint) as api_calls,
    {{ as_double('coalesce(calls.api_calls, 0)') }} / 60 as calls_per_second,
    cast(coalesce(calls.failed_api_calls, 0) as bigint) as failed_api_calls,
    100 * {{ ratio('calls.failed_api_calls', 'calls.api_calls') }} as error_rate_pct,
    cast(coalesce(calls.retried_api_calls, 0) as bigint) as retried_api_calls,
    case when calls.agent_id is null then 0 else calls.total_tokens end as total_tokens,
    case when calls.agent_id is null then {{ as_money('0') }} else calls.cost end as cost,
    changed_days.activity_date,
    changed_days.fingerprint
from calls
full outer join conversations
    on calls.minute_start = conversations.minute_start and calls.agent_id = conversations.agent_id
inner join changed_days
    on cast(coalesce(calls.minute_start, conversations.minute_start) as date) = changed_days.activity_date
