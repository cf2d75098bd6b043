with

ratings as (
    select
        *,
        lower(score) as word
    from {{ raw_table('zendesk', 'satisfaction_rating') }} as raw_rows
    where lower(score) <> 'unoffered' or score is null
),

resolutions as (
    select
        work_item_id,
        max(resolved_by) as resolved_by
    from {{ ref('stg_zendesk__work_items') }}
    group by work_item_id
)

select
    ratings.id as survey_id,
    ratings.ticket_id as work_item_id,
    ratings.ticket_id as conversation_id,
    coalesce(resolutions.resolved_by, 'human') as leg,
    ratings.created_at as prompted_at,
    case when ratings.word <> 'offered' then coalesce(ratings.updated_at, ratings.created_at) end
        as responded_at,
    {{ rating_of('ratings.word') }} as rating,
    {{ first_time(['ratings._fivetran_synced', 'ratings.updated_at', 'ratings.created_at']) }} as loaded_at,
    'zendesk' as source_system
from ratings
left join resolutions on ratings.ticket_id = resolutions.work_item_id
