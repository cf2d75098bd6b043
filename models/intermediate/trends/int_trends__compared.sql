{#- How many periods back each comparison goes. -#}
{%- set steps = {
    'previous': {'week': 1, 'month': 1},
    'second_previous': {'week': 2, 'month': 2},
    'third_previous': {'week': 3, 'month': 3},
    'month_earlier': {'week': 4, 'month': 1},
    'year_earlier': {'week': 52, 'month': 12},
} -%}
{%- set window = ['present', 'previous', 'second_previous', 'third_previous'] -%}
{%- set sums = {} -%}
{%- for column in ['value', 'ratio_numerator', 'ratio_denominator'] -%}
    {%- set terms = [] -%}
    {%- for name in window -%}
        {%- do terms.append('coalesce(' ~ name ~ '.' ~ column ~ ', 0)') -%}
    {%- endfor -%}
    {%- do sums.update({column: '(' ~ terms | join(' + ') ~ ')'}) -%}
{%- endfor %}

with

metric_values as (select * from {{ ref('int_trends__values') }}),

-- earlier periods are found by their date, so a period without a row never shifts a comparison
dated as (
    select
        *,
        {% for name, periods in steps.items() -%}
        case
            when grain = 'week' then {{ add_periods('period_start', -periods.week, 'week') }}
            else {{ add_periods('period_start', -periods.month, 'month') }}
        end as {{ name }}_start{{ ',' if not loop.last }}
        {% endfor %}
    from metric_values
)

select
    present.metric_id,
    present.grain,
    present.period_start,
    present.agent_id,
    previous.value as previous_value,
    month_earlier.value as month_earlier_value,
    year_earlier.value as year_earlier_value,
    {{ sums.value }} / nullif(
        {% for name in window -%}
        case when {{ name }}.value is null then 0 else 1 end{{ ' + ' if not loop.last }}
        {%- endfor %}, 0
    ) as moving_average_4,
    case when {{ has_trait('percent', 'present.metric_id') }} then 100 else 1 end
    * {{ ratio(sums.ratio_numerator, sums.ratio_denominator) }} as rolling_4_value
from dated as present
{% for name in steps -%}
left join metric_values as {{ name }}
    on present.{{ name }}_start = {{ name }}.period_start
    and present.metric_id = {{ name }}.metric_id
    and present.grain = {{ name }}.grain
    and present.agent_id = {{ name }}.agent_id
{% endfor %}
