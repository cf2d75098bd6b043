{# 97.5 % point of the normal distribution, for two-sided 95 % intervals. #}
{% macro z95() %}{{ return('1.959963984540054') }}{% endmacro %}
{% macro z95_squared() %}{{ return('3.8414588206941254') }}{% endmacro %}

{#
    Standard error of a mean from its sum, its sum of squares and n (sample variance, so NULL for n = 1).
    Values that are all equal have none: what the subtraction of two equal sums leaves is rounding.
#}
{% macro mean_error(total, squares, n) -%}
    {%- set spread = as_double(squares) ~ ' - ' ~ as_double(total) ~ ' * ' ~ ratio(total, n) -%}
    sqrt(
        case when {{ spread }} > 1e-12 * {{ as_double(squares) }} then {{ spread }}
            when {{ as_double(squares) }} is not null then 0.0
        end / nullif({{ as_double(n) }} - 1, 0) / nullif({{ as_double(n) }}, 0)
    )
{%- endmacro %}

{# Variance of a share: p (1 − p) / n. #}
{% macro proportion_variance(hits, n) -%}
    {{ ratio(hits, n) }} * (1 - {{ ratio(hits, n) }}) / nullif({{ as_double(n) }}, 0)
{%- endmacro %}

{# One bound of the Wilson interval of a rate in percent; sign is - or +. #}
{% macro wilson_bound(hits, n, sign) -%}
    100 * {{ 'greatest(0.0, ' if sign == '-' else 'least(1.0, ' }}(
        {{ as_double(hits) }} + {{ z95_squared() }} / 2
        {{ sign }} {{ z95() }} * sqrt(greatest(
            {{ as_double(hits) }} * ({{ as_double(n) }} - {{ as_double(hits) }})
            / nullif({{ as_double(n) }}, 0),
            0
        ) + {{ z95_squared() }} / 4)
    ) / (nullif({{ as_double(n) }}, 0) + {{ z95_squared() }}))
{%- endmacro %}
