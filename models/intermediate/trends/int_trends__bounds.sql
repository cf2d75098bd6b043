{#- The month from which a bound holds; what is too good to be true always is. -#}
{%- set months = {
    'target_low': 'applies_from_month', 'target_high': 'applies_from_month',
    'alarm_low': 'alarm_from_month', 'alarm_high': 'alarm_from_month',
    'suspicious_low': none, 'suspicious_high': none,
} -%}
{%- set is_earlier_value -%}
    targets.target_basis = 'previous_period' and {{ has_begun('applies_from_month') }}
{%- endset -%}

with

bounds as (
    select
        metric_values.metric_id,
        metric_values.grain,
        metric_values.period_start,
        metric_values.agent_id,
        -- no worse than a month before: the bound stands on the side on which the metric gets worse
        {{ is_earlier_value }} and definitions.better = 'higher' as has_earlier_low,
        {{ is_earlier_value }} and definitions.better <> 'higher' as has_earlier_high,
        compared.month_earlier_value,
        {% for bound, month in months.items() -%}
        case
            {% if month -%}
            when not {{ has_begun(month) }} then null
            {% endif -%}
            when targets.target_basis = 'pct_of_baseline'
                then targets.{{ bound }} * metric_values.baseline_cost_per_outcome / 100
            when targets.target_basis = 'absolute' then targets.{{ bound }}
        end as {{ bound }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_trends__values') }} as metric_values
    inner join {{ ref('int_targets__chosen') }} as targets
        on metric_values.metric_id = targets.metric_id and metric_values.agent_id = targets.agent_id
    inner join {{ ref('int_trends__compared') }} as compared
        on metric_values.metric_id = compared.metric_id
        and metric_values.grain = compared.grain
        and metric_values.period_start = compared.period_start
        and metric_values.agent_id = compared.agent_id
    left join {{ ref('metric_definitions') }} as definitions
        on metric_values.metric_id = definitions.metric_id
)

select
    metric_id,
    grain,
    period_start,
    agent_id,
    case when has_earlier_low then month_earlier_value else target_low end as target_low,
    case when has_earlier_high then month_earlier_value else target_high end as target_high,
    alarm_low,
    alarm_high,
    suspicious_low,
    suspicious_high
from bounds
