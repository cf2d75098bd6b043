{#- Where each measure comes from: rows, date, condition, and the measures; every other measure is 0 there. -#}
{%- set item_segments = ['work_items.topic', 'work_items.channel', 'work_items.work_item_type'] -%}
{%- set conversation_segments = ['rows_of.topic', 'rows_of.channel', 'work_items.work_item_type'] -%}
{%- set sources = [
    {'rows': 'fct_work_items', 'item': 'work_item_id', 'date': 'processed_date', 'if': 'rows_of.is_processed', 'sums': {
        'processed_items': 1,
        'first_touch_items': 'case when rows_of.is_first_touch_resolved then 1 else 0 end',
        'escalated_items': 'case when rows_of.is_escalated then 1 else 0 end',
    }},
    {'rows': 'fct_work_items', 'item': 'work_item_id', 'date': 'closed_date', 'if': 'rows_of.is_completed_outcome',
        'sums': {'completed_outcomes': 1}},
    {'rows': 'fct_conversations', 'item': 'existing_work_item_id', 'date': 'closed_date',
        'if': 'rows_of.counts_for_deflection', 'segments': conversation_segments, 'sums': {
        'mature_conversations': 1,
        'returned_conversations': 'case when rows_of.is_returned then 1 else 0 end',
    }},
    {'rows': 'int_conversations__surveys', 'item': 'work_item_id', 'date': 'answered_date',
        'if': "rows_of.leg = 'ai' and rows_of.answered_date is not null", 'segments': conversation_segments, 'sums': {
        'ratings': 1,
        'rating_sum': 'rows_of.rating',
    }},
    {'rows': 'int_costs__lines', 'item': 'work_item_id', 'date': 'cost_date', 'if': 'not rows_of.is_human_only', 'sums': {
        'cost': 'rows_of.amount',
        'cost_lines': 'case when rows_of.amount is not null then 1 else 0 end',
        'unknown_amounts': 'rows_of.unknown_amounts',
    }},
] -%}
{%- set measures = [] -%}
{%- for source in sources -%}{%- do measures.extend(source.sums) -%}{%- endfor -%}

{% for source in sources -%}
select
    rows_of.{{ source.date }} as happened_on,
    rows_of.agent_id,
    {% for segment in source.segments or item_segments -%}
    {%- if source.date == 'cost_date' -%}
    case when rows_of.work_item_id is null then 'no_work_item' else coalesce({{ segment }}, 'unrecorded') end
    {%- else -%}
    coalesce({{ segment }}, 'unrecorded')
    {%- endif %} as {{ segment.split('.')[1] }},
    {% endfor -%}
    {% for measure in measures -%}
    {{ as_money('sum(' ~ source.sums.get(measure, 0) ~ ')') }} as {{ measure }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref(source.rows) }} as rows_of
left join {{ ref('fct_work_items') }} as work_items on rows_of.{{ source.item }} = work_items.work_item_id
where {{ source.if }}
group by 1, 2, 3, 4, 5
{{ 'union all' if not loop.last }}
{% endfor %}
