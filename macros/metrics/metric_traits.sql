{#
    Ids of the metrics of the list in `metrics()` that share a trait:
    `interval`    has a confidence interval
    `percentile`  a median or percentile: it stands on n observations and not on outcomes
    `percent`     100 × numerator / denominator
    `size`        grows with the length of the period, so a month's forecast says nothing about a week
#}
{% macro metrics_of_trait(trait) %}
    {%- set found = [] -%}
    {%- for metric in metrics() -%}
        {%- set has_trait = {
            'interval': metric.counts or metric.error,
            'percentile': metric.value and metric.denominator and not metric.numerator and not metric.error,
            'percent': metric.get('scale', 1) == 100,
            'size': not metric.denominator,
        }[trait] -%}
        {%- if has_trait -%}{%- do found.append(metric.id) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{# Condition: the metric of the row has the trait. #}
{% macro has_trait(trait, metric_id='metric_id') -%}
    {{ metric_id }} in ('{{ metrics_of_trait(trait) | join("', '") }}')
{%- endmacro %}

{# Condition: the agent is as many months old as the target row asks for; an empty month asks for nothing. #}
{% macro has_begun(month) -%}
    coalesce(metric_values.months_since_deployment >= targets.{{ month }}, targets.{{ month }} is null)
{%- endmacro %}

{#
    Condition: a value is beyond a bound, `above` or `below` it. On the bound is not beyond it, and neither is
    what only the last bits of a double put there (100 × (0.75 − 0.8) is -5.000000000000004).
#}
{% macro is_beyond(value, side, bound) -%}
    {{ value }} {{ '> ' ~ bound ~ ' +' if side == 'above' else '< ' ~ bound ~ ' -' }} 0.00000000001
{%- endmacro %}

{#
    Is a value beyond a bound for more reasons than chance? With an interval: it excludes the bound.
    Without one: the sample is large enough. Reads has_interval, ci_low, ci_high and sample_size of
    int_trends__values.
#}
{% macro is_significantly_beyond(side, bound) -%}
    coalesce(
        {{ is_beyond('value', side, bound) }} and case
            when has_interval then {{ is_beyond('ci_low' if side == 'above' else 'ci_high', side, bound) }}
            else sample_size >= {{ var('minimum_sample') }}
        end,
        false
    )
{%- endmacro %}
