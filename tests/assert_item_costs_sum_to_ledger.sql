{%- set layers = cost_layers() -%}
{%- set layer_costs = [] -%}
{%- for layer in layers -%}{%- do layer_costs.append('coalesce(' ~ layer ~ '_cost, 0)') -%}{%- endfor -%}

with

ledger as (
    select
        cost_layer,
        sum(amount) as amount
    from {{ ref('fct_cost_ledger') }}
    where work_item_id is not null
    group by cost_layer
),

items as (
    {% for layer in layers -%}
    select
        '{{ layer }}' as cost_layer,
        coalesce(sum({{ layer }}_cost), 0) as amount
    from {{ ref('fct_work_items') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    items.cost_layer,
    items.amount as amount_of_items,
    ledger.amount as amount_in_ledger
from items
left join ledger on items.cost_layer = ledger.cost_layer
where items.amount <> coalesce(ledger.amount, 0)

union all

select
    'all layers' as cost_layer,
    sum(total_cost) as amount_of_items,
    sum({{ layer_costs | join(' + ') }}) as amount_in_ledger
from {{ ref('fct_work_items') }}
having coalesce(sum(total_cost), 0)
    <> coalesce(sum({{ layer_costs | join(' + ') }}), 0)
