with

present_tables as (
    select
        {% for table in contract_tables() -%}
        max(case when table_name = '{{ table }}' and is_present then 1 else 0 end)
            as has_{{ table }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_raw_tables__presence') }}
),

totals as (select * from {{ ref('int_totals__joined') }}),

metric_values as (
    {% for metric in metrics() -%}
    {{ metric_rows(metric) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    metric_values.metric_id,
    definitions.metric_set,
    metric_values.grain,
    metric_values.period_start,
    metric_values.agent_id,
    metric_values.numerator,
    metric_values.denominator,
    metric_values.value,
    {% for bound, sign in {'ci_low': '-', 'ci_high': '+'}.items() -%}
    case
        when metric_values.is_rate
            then {{ wilson_bound('metric_values.numerator', 'metric_values.denominator', sign) }}
        else metric_values.value {{ sign }} {{ z95() }} * metric_values.standard_error
    end as {{ bound }},
    {% endfor -%}
    metric_values.is_complete
from metric_values
left join {{ ref('metric_definitions') }} as definitions on metric_values.metric_id = definitions.metric_id
where metric_values.value is not null or metric_values.denominator <> 0
