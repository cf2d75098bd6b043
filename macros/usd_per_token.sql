{# Price of one token from a price per million: twelve decimals hold six of the price, so no digit is lost. #}
{% macro usd_per_token(usd_per_million) -%}
    cast({{ usd_per_million }} * 0.000001 as decimal(16, 12))
{%- endmacro %}
