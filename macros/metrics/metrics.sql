{#
    Every metric, once. Expressions read the columns of int_totals__joined.
    `numerator` / `denominator`: published as they are; value = `scale` × numerator / denominator (scale 1
    unless given). `value`: where it is no ratio of the two. `type`: count or money, for a column of that type
    in the wide table (double unless given). `counts: true`: a rate of counted things, with a Wilson interval.
    `error`: the standard error of the value, for a normal interval. `mart`: the wide table that shows it.
    `tables`: raw tables without which it cannot exist; `any_table`: at least one of these must be there.
#}
{% macro metrics() %}
    {%- set cost_tables = tables_of_cost() -%}
    {%- set found = [
        {'id': 'cost_per_outcome', 'mart': 'agent', 'tables': ['work_items'], 'any_table': cost_tables,
            'numerator': 'cost', 'denominator': 'completed_outcomes'},
        {'id': 'first_touch_resolution_rate', 'mart': 'agent', 'tables': ['work_items'], 'scale': 100,
            'counts': true, 'numerator': 'first_touch_items', 'denominator': 'processed_items'},
        {'id': 'escalation_rate', 'mart': 'agent', 'tables': ['work_items'], 'scale': 100, 'counts': true,
            'numerator': 'escalated_items', 'denominator': 'processed_items'},
        {'id': 'review_minutes_per_escalation', 'mart': 'agent', 'tables': ['work_items', 'human_reviews'],
            'numerator': 'escalation_minutes', 'denominator': 'timed_escalations',
            'error': mean_error('escalation_minutes', 'escalation_minutes_squared', 'timed_escalations')},
        {'id': 'margin_contribution', 'type': 'money', 'mart': 'agent', 'any_table': cost_tables,
            'tables': tables_of_value(),
            'value': outcome_value() ~ ' - cost'},
        {'id': 'tokens_per_outcome', 'mart': 'agent', 'tables': ['work_items', 'api_calls'],
            'numerator': 'total_tokens', 'denominator': 'completed_outcomes'},
        {'id': 'cache_hit_rate', 'mart': 'agent', 'tables': ['api_calls'], 'scale': 100, 'counts': true,
            'numerator': 'cache_hit_calls', 'denominator': 'cache_reporting_calls'},
        {'id': 'retry_rate', 'mart': 'agent', 'tables': ['api_calls'], 'scale': 100, 'counts': true,
            'numerator': 'retried_calls', 'denominator': 'api_calls'},
        {'id': 'latency_to_outcome_p95', 'mart': 'agent', 'tables': ['work_items'],
            'value': 'latency_p95_seconds', 'denominator': 'resolved_items'},
        {'id': 'cost_variance_vs_forecast', 'mart': 'agent', 'tables': ['work_items'],
            'any_table': cost_tables, 'scale': 100,
            'numerator': ratio('cost', 'completed_outcomes') ~ ' - forecast_cost_per_outcome',
            'denominator': 'forecast_cost_per_outcome'},
        {'id': 'csat_delta', 'mart': 'agent', 'tables': ['csat_responses'],
            'value': '100 * ' ~ ratio(
                'ai_side_satisfied * human_side_ratings - human_side_satisfied * ai_side_ratings',
                'ai_side_ratings * human_side_ratings'
            ),
            'denominator': 'least(ai_side_ratings, human_side_ratings)',
            'error': '100 * sqrt(' ~ proportion_variance('ai_side_satisfied', 'ai_side_ratings') ~ ' + '
                ~ proportion_variance('human_side_satisfied', 'human_side_ratings') ~ ')'},
        {'id': 'headcount_equivalent_saved', 'mart': 'agent', 'tables': ['work_items'],
            'any_table': cost_tables, 'value': 'headcount_equivalent',
            'numerator': 'annual_saving', 'denominator': 'fte_annual_cost'},

        {'id': 'ai_touch_rate', 'mart': 'support', 'tables': ['conversations', 'messages'], 'scale': 100,
            'counts': true, 'numerator': 'touched_conversations', 'denominator': 'started_conversations'},
        {'id': 'first_response_time', 'mart': 'support', 'tables': ['conversations', 'messages'],
            'value': 'first_response_median_seconds', 'denominator': 'first_responses'},
        {'id': 'average_handling_time', 'mart': 'support', 'tables': ['conversations'],
            'numerator': 'handling_minutes', 'denominator': 'closed_conversations',
            'error': mean_error('handling_minutes', 'handling_minutes_squared', 'closed_conversations')},
        {'id': 'deflection_rate', 'mart': 'support', 'tables': ['conversations', 'messages', 'handoffs'],
            'scale': 100, 'counts': true,
            'numerator': 'deflected_conversations', 'denominator': 'mature_conversations'},
        {'id': 'handoff_rate', 'mart': 'support', 'tables': ['conversations', 'handoffs'], 'scale': 100,
            'counts': true, 'numerator': 'handed_off_conversations', 'denominator': 'closed_conversations'},
        {'id': 'return_rate_24h', 'mart': 'support', 'tables': ['conversations'], 'scale': 100,
            'counts': true, 'numerator': 'returned_conversations', 'denominator': 'mature_conversations'},
        {'id': 'csat_ai', 'mart': 'support', 'tables': ['csat_responses'],
            'numerator': 'ai_leg_rating_sum', 'denominator': 'ai_leg_ratings',
            'error': mean_error('ai_leg_rating_sum', 'ai_leg_rating_squared', 'ai_leg_ratings')},
        {'id': 'csat_human', 'mart': 'support', 'tables': ['csat_responses'],
            'numerator': 'human_leg_rating_sum', 'denominator': 'human_leg_ratings',
            'error': mean_error('human_leg_rating_sum', 'human_leg_rating_squared', 'human_leg_ratings')},
        {'id': 'negative_sentiment', 'mart': 'support', 'tables': ['sentiment_scores'],
            'numerator': 'negative_score_sum', 'denominator': 'sentiment_scores',
            'error': mean_error('negative_score_sum', 'negative_score_squared', 'sentiment_scores')},
        {'id': 'cost_per_conversation', 'mart': 'support', 'tables': ['conversations'],
            'any_table': cost_tables,
            'numerator': "case when agent_id = 'all' then conversation_cost else ledger_cost end",
            'denominator': 'started_conversations'},
        {'id': 'kb_hit_rate', 'mart': 'support', 'tables': ['kb_retrievals'], 'scale': 100, 'counts': true,
            'numerator': 'hit_retrievals', 'denominator': 'labelled_retrievals'},
        {'id': 'edit_feedback_rate', 'mart': 'support', 'tables': ['reply_edits'], 'scale': 100,
            'counts': true, 'numerator': 'fed_back_edits', 'denominator': 'reply_edits'},

        {'id': 'abandonment_rate', 'mart': 'agent', 'tables': ['work_items'], 'scale': 100, 'counts': true,
            'numerator': 'abandoned_items', 'denominator': 'processed_items'},
        {'id': 'confirmed_resolution_share', 'mart': 'agent', 'tables': ['work_items'], 'scale': 100,
            'counts': true, 'numerator': 'confirmed_items', 'denominator': 'resolved_items'},
        {'id': 'review_time_coverage', 'mart': 'agent', 'tables': ['work_items', 'human_reviews'],
            'scale': 100, 'counts': true, 'numerator': 'timed_escalations', 'denominator': 'escalated_items'},
        {'id': 'cache_token_rate', 'mart': 'agent', 'tables': ['api_calls'], 'scale': 100, 'counts': true,
            'numerator': 'cache_read_tokens', 'denominator': 'cacheable_tokens'},
        {'id': 'cache_net_saving', 'type': 'money', 'mart': 'agent', 'tables': ['api_calls'],
            'value': 'cache_saving'},
        {'id': 'cache_reporting_share', 'mart': 'agent', 'tables': ['api_calls'], 'scale': 100,
            'counts': true, 'numerator': 'cache_reporting_calls', 'denominator': 'chat_calls'},
        {'id': 'retry_cost_share', 'mart': 'agent', 'tables': ['api_calls'], 'scale': 100,
            'numerator': 'retries_cost', 'denominator': 'call_cost'},
        {'id': 'requests_with_retry_rate', 'mart': 'agent', 'tables': ['api_calls'], 'scale': 100,
            'counts': true, 'numerator': 'requests_with_retry', 'denominator': 'logical_requests'},
        {'id': 'priced_call_share', 'mart': 'agent', 'tables': ['api_calls'], 'scale': 100, 'counts': true,
            'numerator': 'priced_calls', 'denominator': 'api_calls'},
        {'id': 'unattributed_cost_share', 'mart': 'agent', 'any_table': cost_tables, 'scale': 100,
            'numerator': 'unattributed_cost', 'denominator': 'cost'},
        {'id': 'stranded_cost', 'type': 'money', 'mart': 'agent', 'tables': ['work_items'],
            'any_table': cost_tables,
            'value': 'case when completed_outcomes = 0 then cost else 0 end'},
        {'id': 'cost_per_ai_resolution', 'mart': 'agent', 'tables': ['work_items'], 'any_table': cost_tables,
            'numerator': 'cost', 'denominator': 'ai_outcomes'},
        {'id': 'cost_per_kept_outcome', 'mart': 'agent', 'tables': ['work_items'], 'any_table': cost_tables,
            'numerator': 'cost', 'denominator': 'kept_outcomes'},
        {'id': 'total_cost', 'type': 'money', 'mart': 'agent', 'any_table': cost_tables, 'value': 'cost'},
        {'id': 'completed_outcomes', 'type': 'count', 'mart': 'agent', 'tables': ['work_items'],
            'value': 'completed_outcomes'},
        {'id': 'processed_items', 'type': 'count', 'mart': 'agent', 'tables': ['work_items'],
            'value': 'processed_items'},
        {'id': 'open_escalations', 'type': 'count', 'mart': 'agent', 'tables': ['work_items'],
            'value': 'open_escalations'},
        {'id': 'human_cost_per_item', 'mart': 'agent', 'tables': ['work_items'], 'any_table': cost_tables,
            'numerator': 'human_only_cost', 'denominator': 'human_items_completed'},
        {'id': 'active_human_agents', 'type': 'count', 'mart': 'agent',
            'any_table': ['human_reviews', 'messages'],
            'value': 'active_human_agents'},
        {'id': 'human_minutes', 'mart': 'agent', 'tables': ['human_reviews'], 'value': 'human_minutes'},
        {'id': 'unrecorded_escalation_share', 'mart': 'agent', 'tables': ['work_items'], 'scale': 100,
            'counts': true, 'numerator': 'resolved_with_human_work', 'denominator': 'resolved_items'},
        {'id': 'returned_resolution_share', 'mart': 'agent', 'tables': ['work_items', 'conversations'],
            'scale': 100, 'counts': true,
            'numerator': 'resolved_and_returned', 'denominator': 'resolved_with_mature_conversation'},

        {'id': 'conversations_started', 'type': 'count', 'mart': 'support', 'tables': ['conversations'],
            'value': 'started_conversations'},
        {'id': 'identifiable_share', 'mart': 'support', 'tables': ['conversations'], 'scale': 100,
            'counts': true, 'numerator': 'identifiable_conversations', 'denominator': 'closed_conversations'},
        {'id': 'first_response_time_mean', 'mart': 'support', 'tables': ['conversations', 'messages'],
            'numerator': 'first_response_seconds', 'denominator': 'first_responses',
            'error': mean_error(
                'first_response_seconds', 'first_response_seconds_squared', 'first_responses'
            )},
        {'id': 'first_response_time_p95', 'mart': 'support', 'tables': ['conversations', 'messages'],
            'value': 'first_response_p95_seconds', 'denominator': 'first_responses'},
        {'id': 'survey_response_rate', 'mart': 'support', 'tables': ['csat_responses'], 'scale': 100,
            'counts': true, 'numerator': 'answered_surveys', 'denominator': 'prompted_surveys'},
        {'id': 'survey_prompt_coverage', 'mart': 'support', 'tables': ['conversations', 'csat_responses'],
            'scale': 100, 'counts': true,
            'numerator': 'prompted_conversations', 'denominator': 'closed_conversations'},
        {'id': 'csat_delta_mix_adjusted', 'mart': 'support', 'tables': ['csat_responses'],
            'value': 'csat_delta_adjusted', 'denominator': 'comparable_smaller_ratings',
            'error': 'csat_delta_adjusted_error'},
        {'id': 'csat_comparable_share', 'mart': 'support', 'tables': ['csat_responses'], 'scale': 100,
            'counts': true, 'numerator': 'comparable_ratings', 'denominator': 'mix_ai_ratings'},
        {'id': 'llm_invoice_gap_pct', 'mart': 'support', 'tables': ['api_calls', 'infra_costs'], 'scale': 100,
            'numerator': 'invoiced_cost - modelled_cost', 'denominator': 'invoiced_cost'},
    ] -%}
    {%- for kind in ['confirmed', 'assumed', 'abandoned'] -%}
        {%- do found.append({'id': 'deflection_' ~ kind ~ '_rate', 'mart': 'support', 'scale': 100,
            'counts': true, 'tables': ['conversations', 'messages', 'handoffs'],
            'numerator': 'deflected_' ~ kind, 'denominator': 'mature_conversations'}) -%}
    {%- endfor -%}
    {%- for window in ['_72h', '_7d'] -%}
        {%- do found.append({'id': 'return_rate' ~ window, 'mart': 'support', 'scale': 100, 'counts': true,
            'tables': ['conversations'], 'numerator': 'returned_conversations' ~ window,
            'denominator': 'mature_conversations' ~ window}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{# Value of the outcomes of a period; NULL where items of unknown value are all there is. #}
{% macro outcome_value() -%}
    case
        when items_of_unknown_value > 0 and items_of_imputed_value + recorded_values = 0 then null
        else recorded_value + coalesce(imputed_value, 0)
    end
{%- endmacro %}

{# Raw tables without which the value of outcomes is not known. #}
{% macro tables_of_value() %}
    {{ return(['work_items'] + ([] if var('impute_cost_avoidance') else ['outcome_values'])) }}
{% endmacro %}
