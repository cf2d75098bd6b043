{# The one table of the folder: the views of the layers are read here, once. #}
{{ config(materialized='table') }}

{%- set layers = cost_layers() -%}

{% for layer in layers -%}
select
    cost_date,
    agent_id,
    work_item_id,
    cost_layer,
    attribution,
    is_human_only,
    amount,
    unknown_amounts
from {{ ref('int_costs__' ~ layer) }}
{{ 'union all' if not loop.last }}
{% endfor %}
