{#- Dated rows: the model, the condition under which a row has a date, and the column that holds it. -#}
{%- set events = [
    (ref('fct_work_items'), 'received_at is not null', 'received_date'),
    (ref('fct_work_items'), 'processed_at is not null', 'processed_date'),
    (ref('fct_work_items'), 'closed_at is not null', 'closed_date'),
    (ref('fct_conversations'), 'started_at is not null', 'started_date'),
    (ref('fct_conversations'), 'closed_at is not null', 'closed_date'),
    (ref('fct_api_calls'), 'started_at is not null', 'started_date'),
    (ref('int_work_items__reviews'), 'true', 'started_date'),
    (ref('int_work_items__recorded_values'), 'true', 'recognized_date'),
    (ref('int_conversations__surveys'), 'true', 'prompted_date'),
    (ref('int_conversations__surveys'), 'rating is not null', 'answered_date'),
    (ref('int_conversations__sentiment_scores'), 'true', 'scored_date'),
    (ref('int_conversations__kb_retrievals'), 'true', 'retrieved_date'),
    (ref('int_conversations__reply_edits'), 'true', 'edited_date'),
    (ref('fct_cost_ledger'), 'true', 'cost_date'),
] -%}

{% for model, has_date, column in events -%}
select
    '{{ model.identifier }}' as model_name,
    '{{ column }}' as date_column,
    count(*) as rows_without_a_day
from {{ model }} as events
left join {{ ref('int_periods__days') }} as days
    on events.{{ column }} = days.local_date and days.grain = 'day'
where {{ has_date }} and days.local_date is null
having count(*) > 0
{{ 'union all' if not loop.last }}
{% endfor %}
