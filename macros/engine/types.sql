{# Type names that differ between engines. `dbt.type_float()` is 32 bit on DuckDB, so ratios use this one. #}
{% macro type_double() %}{{ return(adapter.dispatch('type_double')()) }}{% endmacro %}
{% macro default__type_double() %}{{ return('double precision') }}{% endmacro %}
{% macro spark__type_double() %}{{ return('double') }}{% endmacro %}

{# Money: fixed point, twelve decimals (one cached token costs about 1e-7 USD). #}
{% macro type_money() %}{{ return('decimal(28, 12)') }}{% endmacro %}

{% macro as_money(expression) %}cast({{ expression }} as {{ type_money() }}){% endmacro %}
{% macro as_double(expression) %}cast({{ expression }} as {{ type_double() }}){% endmacro %}
{% macro as_text(expression) %}cast({{ expression }} as {{ dbt.type_string() }}){% endmacro %}
