{#
    Joins that roll rows with a local date and an agent up to every grain, to their agent and
    to `all`: `period_columns()` heads the select list, `group by 1, 2, 3` ends it. No special
    case for totals or percentiles.
#}
{% macro period_columns() -%}
    days.grain,
    days.period_start,
    members.agent_id
{%- endmacro %}

{% macro period_joins(rows, date_column, agent_column='agent_id') -%}
inner join {{ ref('int_periods__days') }} as days on {{ rows }}.{{ date_column }} = days.local_date
inner join {{ ref('int_periods__agents') }} as members
    on coalesce({{ rows }}.{{ agent_column }}, '') = members.member_agent_id
{%- endmacro %}

{# Number of rows for which a condition holds. #}
{% macro count_where(condition) -%}
    cast(count(case when {{ condition }} then 1 end) as bigint)
{%- endmacro %}

{#
    Square of a number for a variance: fixed point, so that its sum does not depend on the order of the rows.
    Beyond 1e10 (three centuries in seconds) it is cut, so that a sum of them cannot overflow.
#}
{% macro squared(expression) -%}
    cast(
        case
            when abs({{ as_double(expression) }}) < 1e10
                then {{ as_double(expression) }} * {{ as_double(expression) }}
            when {{ expression }} is not null then 1e20
        end as decimal(38, 12)
    )
{%- endmacro %}
