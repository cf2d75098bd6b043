select
    work_item_id,
    {% for layer in cost_layers() -%}
    {%- set amount = "case when cost_layer = '" ~ layer ~ "' then amount end" -%}
    {%- set unknown = "case when cost_layer = '" ~ layer ~ "' then unknown_amounts end" -%}
    {{ as_money(known_sum(amount, unknown)) }} as {{ layer }}_cost,
    {% endfor -%}
    {{ as_money(known_sum('amount', 'unknown_amounts')) }} as total_cost
from {{ ref('int_costs__lines') }}
where work_item_id is not null
group by work_item_id
