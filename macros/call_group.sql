{# What a call shares with the other attempts of its request: the request id, or nothing but its own id. #}
{% macro call_group(prefix='') -%}
    coalesce('request ' || {{ prefix }}request_id, 'call ' || {{ prefix }}api_call_id)
{%- endmacro %}
