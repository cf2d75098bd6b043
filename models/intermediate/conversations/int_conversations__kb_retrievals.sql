select
    retrievals.retrieval_id,
    {{ attributed_work_item_id() }} as work_item_id,
    {{ attributed_agent_id('retrievals.agent_id') }} as agent_id,
    {{ local_date('retrievals.retrieved_at', 'calendar') }} as retrieved_date,
    retrievals.expected_document_id is not null as is_labelled,
    coalesce(retrievals.top_document_id = retrievals.expected_document_id, false) as is_hit
from {{ ref('int_records__kb_retrievals') }} as retrievals
{{ attribution_joins('retrievals') }}
left join {{ ref('int_calendar__utc_dates') }} as calendar
    on cast(retrievals.retrieved_at as date) = calendar.utc_date
where retrievals.record_state = 'kept'
