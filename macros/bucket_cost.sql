{# Cost of one token bucket: 0 where it is empty, NULL where it holds tokens without a price. #}
{% macro bucket_cost(bucket) -%}
    case
        when coalesce({{ bucket }}_tokens, 0) = 0 then {{ as_money('0') }}
        else {{ as_money(bucket ~ '_tokens * ' ~ bucket ~ '_usd') }}
    end
{%- endmacro %}
