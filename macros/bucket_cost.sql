{# Cost of one token bucket: 0 where it is empty, NULL where it holds tokens without a price. #}
{% macro bucket_cost(bucket) -%}
    case
        when coalesce({{ bucket }}_tokens, 0) = 0 then {{ as_money('0') }}
        else {{ as_money(bucket ~ '_tokens * ' ~ bucket ~ '_usd') }}
    end
{%- endmacro %}

{# Tokens of the cache times a difference of prices: 0 without tokens, NULL where a price is not known. #}
{% macro cache_effect(tokens, price_difference) -%}
    case
        when coalesce({{ tokens }}, 0) = 0 then {{ as_money('0') }}
        else {{ as_money(tokens ~ ' * (' ~ price_difference ~ ')') }}
    end
{%- endmacro %}
