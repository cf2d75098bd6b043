{%- set months = {
    'target_low': 'applies_from_month', 'target_high': 'applies_from_month',
    'alarm_low': 'alarm_from_month', 'alarm_high': 'alarm_from_month',
    'suspicious_low': 'applies_from_month', 'suspicious_high': 'applies_from_month',
} -%}

with

bounds as (
    select
        metric_values.metric_id,
        metric_values.grain,
        metric_values.period_start,
        metric_values.agent_id,
        -- no worse than a month before: the bound stands on the side on which the metric gets worse
        targets.target_basis = 'previous_period'
        and coalesce(metric_values.months_since_deployment >= targets.applies_from_month, targets.applies_from_month is null)
            as is_earlier_value,
        definitions.better = 'higher' as is_better_higher,
        compared.month_earlier_value,
        {% for bound, month in months.items() -%}
        case
            when targets.{{ month }} is null or metric_values.months_since_deployment >= targets.{{ month }}
                then case
                    when targets.target_basis = 'pct_of_baseline'
                        then targets.{{ bound }} * metric_values.baseline_cost_per_outcome / 100
                    else targets.{{ bound }}
                end
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
    left join {{ ref('metric_definitions') }} as definitions on metric_values.metric_id = definitions.metric_id
)

select
    metric_id,
    grain,
    period_start,
    agent_id,
    case when not is_earlier_value then target_low when is_better_higher then month_earlier_value end as target_low,
    case when not is_earlier_value then target_high when not is_better_higher then month_earlier_value end as target_high,
    alarm_low,
    alarm_high,
    suspicious_low,
    suspicious_high
from bounds
