{# The layers of the ledger. A new layer is a model int_costs__<layer> and a word here. #}
{% macro cost_layers() %}
    {{ return([
        'api', 'retries', 'human_review', 'infrastructure', 'observability', 'vector_db', 'platform',
    ]) }}
{% endmacro %}

{#
    Sum over rows of which some may have no known amount: 0 without rows, NULL where rows exist and none
    is known. `unknown` counts the rows without an amount.
#}
{% macro known_sum(amount, unknown) -%}
    case
        when count({{ amount }}) > 0 or coalesce(sum({{ unknown }}), 0) = 0
            then coalesce(sum({{ amount }}), 0)
    end
{%- endmacro %}
