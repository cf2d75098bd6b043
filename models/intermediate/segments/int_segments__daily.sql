{#- Where each measure comes from: rows of a model, dated by a column, under a condition; else it is 0. -#}
{%- set sources = {
    'processed': {'rows': 'fct_work_items', 'date': 'processed_date', 'if': 'rows_of.is_processed', 'sums': {
        'processed_items': '1',
        'first_touch_items': 'case when rows_of.is_first_touch_resolved then 1 else 0 end',
        'escalated_items': 'case when rows_of.is_escalated then 1 else 0 end',
    }},
    'completed': {'rows': 'fct_work_items', 'date': 'closed_date', 'if': 'rows_of.is_completed_outcome',
        'sums': {'completed_outcomes': '1'}},
    'conversations': {'rows': 'fct_conversations', 'item': 'existing_work_item_id', 'date': 'closed_date',
        'if': 'rows_of.counts_for_deflection', 'sums': {
        'mature_conversations': '1',
        'returned_conversations': 'case when rows_of.is_returned then 1 else 0 end',
    }},
    'ratings': {'rows': 'int_conversations__surveys', 'date': 'answered_date',
        'if': "rows_of.leg = 'ai' and rows_of.answered_date is not null", 'sums': {
        'ratings': '1',
        'rating_sum': 'rows_of.rating',
    }},
    'costs': {'rows': 'int_costs__lines', 'date': 'cost_date', 'if': 'not rows_of.is_human_only', 'sums': {
        'cost': 'rows_of.amount',
        'cost_lines': 'case when rows_of.amount is not null then 1 else 0 end',
        'unknown_amounts': 'rows_of.unknown_amounts',
    }},
} -%}
{#- Conversations and ratings have a topic and channel of their own; money of no item has none. -#}
{%- set own_segments = {'conversations': ['topic', 'channel'], 'ratings': ['topic', 'channel']} -%}
{%- set nothing = {
    'costs': "case when rows_of.work_item_id is null then 'no_work_item' else 'unrecorded' end",
} -%}
{%- set measures = [] -%}
{%- for source in sources.values() -%}{%- do measures.extend(source.sums) -%}{%- endfor -%}

{% for name, source in sources.items() -%}
select
    rows_of.{{ source.date }} as happened_on,
    rows_of.agent_id,
    {% for segment in ['topic', 'channel', 'work_item_type'] -%}
    coalesce(
        {{ 'rows_of' if segment in own_segments.get(name, []) else 'work_items' }}.{{ segment }},
        {{ nothing.get(name, "'unrecorded'") }}
    ) as {{ segment }},
    {% endfor -%}
    '{{ name }}' as measured_by,
    {% for measure in measures -%}
    {{ as_money('sum(' ~ source.sums[measure] ~ ')' if measure in source.sums else '0') }} as {{ measure }}
    {{- ',' if not loop.last }}
    {% endfor %}
from {{ ref(source.rows) }} as rows_of
left join {{ ref('fct_work_items') }} as work_items
    on rows_of.{{ source.item or 'work_item_id' }} = work_items.work_item_id
where {{ source['if'] }}
group by 1, 2, 3, 4, 5
{{ 'union all' if not loop.last }}
{% endfor %}
