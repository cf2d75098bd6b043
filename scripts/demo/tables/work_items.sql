-- Some items come twice: first as open, later as they ended.
with versions as (
    select
        *,
        unnest(if(closed_at is not null and chance(item_key, 'seen_open', 0.03), [true, false], [false]))
            as is_seen_open
    from items
    where has_item
)

select
    'item_' || versions.item_key as work_item_id,
    versions.agent_id,
    lanes.work_item_type,
    versions.channel,
    versions.customer_id,
    versions.topic,
    versions.received_at,
    if(versions.is_seen_open, null, versions.closed_at) as closed_at,
    case
        when versions.is_seen_open or versions.closed_at is null then 'open'
        when versions.fate = 'excluded' then 'excluded'
        when versions.fate in ('abandoned', 'abandoned_after') then 'abandoned'
        else 'completed'
    end as status,
    case
        when versions.is_seen_open or versions.closed_at is null then null
        when versions.fate in ('ai_confirmed', 'ai_assumed', 'ai_after') then 'ai'
        when versions.fate in ('human_after', 'human_only') then 'human'
    end as resolved_by,
    case
        when versions.is_seen_open or versions.closed_at is null then null
        when versions.fate in ('ai_confirmed', 'ai_after') then 'confirmed'
        when versions.fate = 'ai_assumed' and chance(versions.item_key, 'evidence', 0.8) then 'assumed'
    end as resolution_evidence,
    versions.agent_version,
    if(
        versions.is_seen_open,
        least(plus_seconds(versions.received_at, 60), versions.closed_at),
        loaded(coalesce(versions.closed_at, versions.received_at), versions.item_key)
    ) as loaded_at
from versions
inner join lanes on versions.lane = lanes.lane
