{%- set moments = {
    'agents': ['deployed_at', 'retired_at'],
    'work_items': ['received_at', 'closed_at'],
    'conversations': ['started_at', 'closed_at'],
    'messages': ['sent_at'],
    'api_calls': ['started_at'],
    'handoffs': ['handed_off_at'],
    'human_reviews': ['started_at'],
    'outcome_values': ['recognized_at'],
    'csat_responses': ['prompted_at', 'responded_at'],
    'sentiment_scores': ['scored_at'],
    'kb_retrievals': ['retrieved_at'],
    'reply_edits': ['edited_at'],
} -%}

with

bill_days as (
    select
        {{ explode_days(
            "cast(cast(charge_start as date) as timestamp)", "cast(cast(charge_end as date) as timestamp)"
        ) }} as moment
    from {{ ref('int_records__infra_costs') }}
    where record_state = 'kept'
)

-- the dates that occur, not all between the first and the last:
-- one row dated 2999 must not make a thousand years
{% for table, columns in moments.items() -%}
{% for column in columns -%}
select cast({{ column }} as date) as utc_date
from {{ ref('int_records__' ~ table) }}
where record_state = 'kept' and {{ column }} is not null
group by 1
union
{% endfor -%}
{% endfor -%}
select cast(moment as date) as utc_date
from bill_days
union
select cast(data_as_of as date) as utc_date
from {{ ref('int_calendar__as_of') }}
where data_as_of is not null
