{#
    The parts of metrics, by the model int_totals__<theme> that computes them per grain, period and agent.
    `sums` are 0 where the theme has no row (nothing happened); `measures` are NULL there (there is nothing to
    measure). A theme without `gives_rows` adds columns to periods that have activity, but is none itself.
#}
{% macro total_themes() %}
    {%- set returns = [] -%}
    {%- for window in return_windows() -%}
        {%- do returns.extend(['mature_conversations' ~ window, 'returned_conversations' ~ window]) -%}
    {%- endfor -%}
    {%- set layer_costs = [] -%}
    {%- for layer in cost_layers() -%}{%- do layer_costs.append(layer ~ '_cost') -%}{%- endfor -%}
    {{ return({
        'calls': {'gives_rows': true, 'sums': [
            'api_calls', 'retried_calls', 'chat_calls', 'cache_reporting_calls', 'cache_hit_calls',
            'priced_calls', 'total_tokens', 'cache_read_tokens', 'cacheable_tokens', 'cache_saving',
        ]},
        'requests': {'gives_rows': true, 'sums': ['logical_requests', 'requests_with_retry']},
        'costs': {'gives_rows': true, 'sums': [
            'cost', 'human_only_cost', 'conversation_cost', 'ledger_cost', 'unattributed_cost', 'call_cost',
        ] + layer_costs},
        'processed_items': {'gives_rows': true, 'sums': [
            'processed_items', 'first_touch_items', 'escalated_items', 'abandoned_items', 'open_escalations',
            'timed_escalations', 'escalation_minutes', 'escalation_minutes_squared',
        ]},
        'closed_items': {'gives_rows': true, 'sums': [
            'completed_outcomes', 'kept_outcomes', 'ai_outcomes', 'resolved_items', 'confirmed_items',
            'resolved_with_human_work', 'resolved_and_returned', 'resolved_with_mature_conversation',
            'human_items_completed', 'items_of_unknown_value', 'items_of_imputed_value', 'imputed_value',
        ], 'measures': ['latency_p95_seconds']},
        'values': {'gives_rows': true, 'sums': ['recorded_values', 'recorded_value']},
        'started_conversations': {'gives_rows': true, 'sums': [
            'started_conversations', 'touched_conversations', 'first_responses', 'first_response_seconds',
            'first_response_seconds_squared',
        ], 'measures': ['first_response_median_seconds', 'first_response_p95_seconds']},
        'closed_conversations': {'gives_rows': true, 'sums': [
            'closed_conversations', 'handling_minutes', 'handling_minutes_squared',
            'handed_off_conversations', 'identifiable_conversations', 'prompted_conversations',
            'deflected_conversations', 'deflected_confirmed', 'deflected_assumed', 'deflected_abandoned',
        ] + returns},
        'prompted_surveys': {'gives_rows': true, 'sums': ['prompted_surveys', 'answered_surveys']},
        'ratings': {'gives_rows': true, 'sums': [
            'ai_leg_ratings', 'ai_leg_rating_sum', 'ai_leg_rating_squared', 'human_leg_ratings',
            'human_leg_rating_sum', 'human_leg_rating_squared', 'ai_side_ratings', 'ai_side_satisfied',
        ]},
        'csat_programme': {'gives_rows': false, 'sums': ['human_side_ratings', 'human_side_satisfied']},
        'csat_adjusted': {'gives_rows': false, 'sums': [
            'mix_ai_ratings', 'comparable_ratings', 'comparable_smaller_ratings',
        ], 'measures': ['csat_delta_adjusted', 'csat_delta_adjusted_error']},
        'sentiment': {'gives_rows': true, 'sums': [
            'sentiment_scores', 'negative_score_sum', 'negative_score_squared',
        ]},
        'kb_retrievals': {'gives_rows': true, 'sums': ['labelled_retrievals', 'hit_retrievals']},
        'reply_edits': {'gives_rows': true, 'sums': ['reply_edits', 'fed_back_edits']},
        'human_work': {'gives_rows': true, 'sums': ['active_human_agents', 'human_minutes']},
        'llm_bills': {'gives_rows': false, 'sums': [], 'measures': ['modelled_cost', 'invoiced_cost']},
        'forecasts': {'gives_rows': false, 'sums': [], 'measures': ['forecast_cost_per_outcome']},
        'headcount': {'gives_rows': false, 'sums': [], 'measures': [
            'annual_saving', 'fte_annual_cost', 'headcount_equivalent',
        ]},
    }) }}
{% endmacro %}
