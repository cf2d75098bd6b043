with

scores as (
    select
        id as score_id,
        trace_id,
        session_id,
        lower(trim(name)) as score_name,
        value,
        {{ adapter.quote('timestamp') }} as scored_at,
        source as scorer,
        {{ is_yes('is_deleted') }} as is_deleted,
        {{ first_time(['loaded_at', 'event_ts', 'updated_at', adapter.quote('timestamp')]) }} as loaded_at
    from {{ raw_table('langfuse', 'scores') }} as raw_rows
)

select
    scores.score_id,
    coalesce(scores.session_id, traces.conversation_id) as conversation_id,
    traces.work_item_id,
    mappings.becomes,
    -- the place of the value on its scale, 0 to 1
    {{ or_as_it_came(
        ratio(
            '(' ~ parse_number('scores.value') ~ ' - mappings.lowest)', '(mappings.highest - mappings.lowest)'
        ),
        'scores.value'
    ) }} as share_of_scale,
    scores.scored_at,
    scores.scorer,
    scores.loaded_at
from scores
inner join {{ ref('score_mappings') }} as mappings
    on scores.score_name = lower(trim(mappings.score_name))
    and lower(trim(mappings.source_system)) = 'langfuse'
left join {{ ref('base_langfuse__traces') }} as traces on scores.trace_id = traces.trace_id
where not scores.is_deleted and scores.value is not null
