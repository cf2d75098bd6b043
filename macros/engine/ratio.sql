{# numerator / denominator in double precision; NULL where the denominator is 0 or either side is unknown. #}
{% macro ratio(numerator, denominator) -%}
    {{ as_double(numerator) }} / nullif({{ as_double(denominator) }}, 0)
{%- endmacro %}
