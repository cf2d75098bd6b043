select
    handoffs.handoff_id,
    {{ attributed_work_item_id() }} as work_item_id,
    handoffs.conversation_id,
    handoffs.work_item_id as named_work_item_id,
    handoffs.initiated_by,
    case
        when handoffs.reason is null then 'unrecorded'
        else coalesce(reasons.reason, 'other')
    end as reason,
    handoffs.handed_off_at
from {{ ref('int_records__handoffs') }} as handoffs
{{ attribution_joins('handoffs') }}
left join {{ ref('stg_settings__handoff_reasons') }} as reasons on handoffs.reason = reasons.source_reason
where handoffs.record_state = 'kept'
