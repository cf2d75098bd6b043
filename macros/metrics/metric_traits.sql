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

{#
    Is a value beyond a bound for more reasons than chance? With an interval: it excludes the bound. Without one: the
    sample is large enough. Reads has_interval, ci_low, ci_high and sample_size of int_trends__values; never NULL.
#}
{% macro is_significantly_beyond(side, bound, rows) -%}
    {%- set sign, near_end = ('>', 'ci_low') if side == 'above' else ('<', 'ci_high') -%}
    coalesce(
        {{ rows }}.value {{ sign }} {{ bound }} and case
            when {{ rows }}.has_interval then {{ rows }}.{{ near_end }} {{ sign }} {{ bound }}
            else {{ rows }}.sample_size >= {{ var('minimum_sample') }}
        end,
        false
    )
{%- endmacro %}
