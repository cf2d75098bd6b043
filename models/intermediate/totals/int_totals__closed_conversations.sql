with

daily as (
    select
        closed_date,
        agent_id,
        count(*) as closed_conversations,
        sum({{ as_money('handling_minutes') }}) as handling_minutes,
        sum({{ squared('handling_minutes') }}) as handling_minutes_squared,
        {{ count_where('is_handed_off') }} as handed_off_conversations,
        {{ count_where('is_identifiable') }} as identifiable_conversations,
        {{ count_where('is_prompted') }} as prompted_conversations,
        {{ count_where('is_deflected') }} as deflected_conversations,
        {% for kind in ['confirmed', 'assumed', 'abandoned'] -%}
        {{ count_where("deflection_kind = '" ~ kind ~ "'") }} as deflected_{{ kind }},
        {% endfor -%}
        {% for window in return_windows() -%}
        {{ count_where('is_identifiable and is_mature' ~ window) }} as mature_conversations{{ window }},
        {{ count_where('is_identifiable and is_mature' ~ window ~ ' and is_returned' ~ window) }}
            as returned_conversations{{ window }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fct_conversations') }}
    where closed_at is not null
    group by closed_date, agent_id
)

{%- set counts = [
    'closed_conversations', 'handed_off_conversations', 'identifiable_conversations',
    'prompted_conversations', 'deflected_conversations', 'deflected_confirmed', 'deflected_assumed',
    'deflected_abandoned',
] %}
{%- for window in return_windows() %}
    {%- do counts.extend(['mature_conversations' ~ window, 'returned_conversations' ~ window]) -%}
{%- endfor %}

select
    {{ period_columns() }},
    {% for count in counts -%}
    cast(sum(daily.{{ count }}) as bigint) as {{ count }},
    {% endfor -%}
    sum(daily.handling_minutes) as handling_minutes,
    sum(daily.handling_minutes_squared) as handling_minutes_squared
from daily
{{ period_joins('daily', 'closed_date') }}
group by 1, 2, 3
