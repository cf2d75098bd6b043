with

review_minutes as (
    select
        work_item_id,
        sum(minutes) as review_minutes
    from {{ ref('int_work_items__reviews') }}
    where work_item_id is not null and review_type <> 'quality_check'
    group by work_item_id
)

select
    work_items.work_item_id,
    work_items.agent_id,
    work_items.work_item_type,
    work_items.channel,
    work_items.topic,
    {{ hashed_id('work_items.customer_id') }} as customer_key,
    work_items.received_at,
    work_items.received_date,
    work_items.processed_at,
    work_items.processed_date,
    work_items.closed_at,
    work_items.closed_date,
    work_items.status,
    work_items.outcome,
    work_items.is_processed,
    work_items.is_completed_outcome,
    work_items.is_first_touch_resolved,
    work_items.is_ai_outcome,
    work_items.is_escalated,
    case when work_items.is_escalated then coalesce(work_items.first_handoff_reason, 'unrecorded') end
        as escalation_reason,
    case when work_items.is_escalated then coalesce(work_items.first_handoff_initiated_by, 'unrecorded') end
        as escalation_initiated_by,
    work_items.first_handoff_at,
    {{ as_double(seconds_between('work_items.received_at', 'work_items.closed_at')) }} as seconds_to_outcome,
    {{ as_double('review_minutes.review_minutes') }} as review_minutes,
    coalesce(calls.api_calls, 0) as api_calls,
    coalesce(calls.failed_api_calls, 0) as failed_api_calls,
    coalesce(calls.retried_api_calls, 0) as retried_api_calls,
    {% for bucket in ['input', 'cache_read', 'cache_write', 'output', 'total'] -%}
    case when calls.work_item_id is null then 0 else calls.{{ bucket }}_tokens end as {{ bucket }}_tokens,
    {% endfor -%}
    {% for cost in cost_layers() + ['total'] -%}
    case when costs.work_item_id is null then {{ as_money('0') }} else costs.{{ cost }}_cost end
        as {{ cost }}_cost,
    {% endfor -%}
    item_values.recorded_value,
    item_values.imputed_value,
    item_values.is_value_imputed,
    work_items.agent_version
from {{ ref('int_work_items__dated') }} as work_items
left join review_minutes on work_items.work_item_id = review_minutes.work_item_id
left join {{ ref('int_work_items__calls') }} as calls on work_items.work_item_id = calls.work_item_id
left join {{ ref('int_work_items__costs') }} as costs on work_items.work_item_id = costs.work_item_id
left join {{ ref('int_work_items__values') }} as item_values
    on work_items.work_item_id = item_values.work_item_id
