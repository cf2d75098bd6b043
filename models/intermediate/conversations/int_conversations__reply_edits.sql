select
    edits.edit_id,
    {{ attributed_agent_id('edits.agent_id', has_work_item=false) }} as agent_id,
    edits.fed_back_at is not null as is_fed_back,
    {{ local_date('edits.edited_at', 'calendar') }} as edited_date
from {{ ref('int_records__reply_edits') }} as edits
{{ attribution_joins('edits', has_work_item=false) }}
left join {{ ref('int_calendar__utc_dates') }} as calendar
    on cast(edits.edited_at as date) = calendar.utc_date
where edits.record_state = 'kept'
