select
    metric_values.metric_id,
    metric_values.grain,
    metric_values.period_start,
    metric_values.agent_id,
    metric_values.value,
    metric_values.ci_low,
    metric_values.ci_high,
    compared.previous_value,
    {% for change, earlier in {
        'change_pct': 'previous_value',
        'month_over_month_change_pct': 'month_earlier_value',
        'year_over_year_change_pct': 'year_earlier_value',
    }.items() -%}
    100 * {{ ratio('metric_values.value - compared.' ~ earlier, 'abs(compared.' ~ earlier ~ ')') }}
        as {{ change }},
    {% endfor -%}
    compared.moving_average_4,
    compared.rolling_4_value,
    bounds.target_low,
    bounds.target_high,
    bounds.alarm_low,
    bounds.alarm_high,
    bounds.suspicious_low,
    bounds.suspicious_high,
    drifts.forecast_value,
    drifts.drift_vs_target_pct,
    drifts.drift_vs_forecast_pct,
    drifts.is_drifting,
    drifts.drift_direction,
    drifts.is_significant,
    case
        when not metric_values.is_complete then null
        when metric_values.value is null then 'no_data'
        {% for status in ['alarm', 'suspicious'] -%}
        when {{ is_beyond('metric_values.value', 'below', 'bounds.' ~ status ~ '_low') }} then '{{ status }}'
        when {{ is_beyond('metric_values.value', 'above', 'bounds.' ~ status ~ '_high') }} then '{{ status }}'
        {% endfor -%}
        when drifts.is_drifting then 'drifting'
        when drifts.missed_bound is not null then 'off_target'
        when coalesce(bounds.target_low, bounds.target_high) is not null then 'on_target'
        else 'no_target'
    end as status,
    definitions.guard_metric_id,
    guards.value as guard_value,
    metric_values.is_complete
from {{ ref('int_trends__values') }} as metric_values
{% for model, join in {'compared': 'inner', 'drifts': 'inner', 'bounds': 'left'}.items() -%}
{{ join }} join {{ ref('int_trends__' ~ model) }} as {{ model }}
    on metric_values.metric_id = {{ model }}.metric_id
    and metric_values.grain = {{ model }}.grain
    and metric_values.period_start = {{ model }}.period_start
    and metric_values.agent_id = {{ model }}.agent_id
{% endfor -%}
left join {{ ref('metric_definitions') }} as definitions on metric_values.metric_id = definitions.metric_id
left join {{ ref('int_trends__values') }} as guards
    on definitions.guard_metric_id = guards.metric_id
    and metric_values.grain = guards.grain
    and metric_values.period_start = guards.period_start
    and metric_values.agent_id = guards.agent_id
