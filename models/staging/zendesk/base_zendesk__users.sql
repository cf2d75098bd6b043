with

users as (
    select
        id as user_id,
        name,
        email,
        lower(role) as role,
        row_number() over (partition by id order by role) as row_number_of_user
    from {{ raw_table('zendesk', 'user') }} as raw_rows
)

select
    user_id,
    role,
    {{ ai_agent('zendesk', {
        'user_id': 'users.user_id', 'user_name': 'users.name', 'user_email': 'users.email'
    }) }} as ai_agent_id
from users
where row_number_of_user = 1
