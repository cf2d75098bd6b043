{#- For each grain the periods of `all` sum to the base rows: no row is lost or counted twice on the way. -#}
{%- set base_rows = {
    'api_calls': (ref('fct_api_calls'), 'count(*)'),
    'total_tokens': (ref('fct_api_calls'), 'sum(total_tokens)'),
    'ledger_cost': (ref('fct_cost_ledger'), 'sum(amount)'),
    'cost': (ref('fct_cost_ledger'), 'sum(case when not is_human_only then amount end)'),
    'processed_items': (ref('fct_work_items'), count_where('is_processed')),
    'escalated_items': (ref('fct_work_items'), count_where('is_escalated')),
    'completed_outcomes': (ref('fct_work_items'), count_where('is_completed_outcome')),
    'imputed_value': (ref('fct_work_items'), 'sum(imputed_value)'),
    'started_conversations': (ref('fct_conversations'), 'count(*)'),
    'closed_conversations': (ref('fct_conversations'), 'count(closed_at)'),
    'prompted_surveys': (ref('int_conversations__surveys'), 'count(*)'),
    'answered_surveys': (ref('int_conversations__surveys'), 'count(answered_date)'),
    'sentiment_scores': (ref('int_conversations__sentiment_scores'), 'count(*)'),
    'labelled_retrievals': (ref('int_conversations__kb_retrievals'), count_where('is_labelled')),
    'reply_edits': (ref('int_conversations__reply_edits'), 'count(*)'),
    'human_minutes': (ref('int_work_items__reviews'), 'sum(minutes)'),
} -%}

with

programme as (
    select
        grain,
        {% for part in base_rows -%}
        coalesce(sum({{ part }}), 0) as {{ part }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_totals__joined') }}
    where agent_id = 'all'
    group by grain
),

compared as (
    {% for part, (model, total) in base_rows.items() -%}
    select
        '{{ part }}' as part,
        programme.grain,
        programme.{{ part }} as in_periods,
        (select coalesce({{ total }}, 0) from {{ model }}) as in_rows
    from programme
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from compared where in_periods <> in_rows
