{# Ledger lines of model calls: first attempts and retries follow one rule and differ in the layer only. #}
{% macro call_costs(cost_layer, is_retry) -%}
select
    api_calls.started_date as cost_date,
    api_calls.agent_id,
    api_calls.work_item_id,
    '{{ cost_layer }}' as cost_layer,
    api_calls.attribution,
    coalesce(work_items.outcome = 'human_only', false) as is_human_only,
    {{ as_money('sum(api_calls.cost)') }} as amount,
    cast(count(*) - count(api_calls.cost) as bigint) as unknown_amounts
from {{ ref('fct_api_calls') }} as api_calls
left join {{ ref('int_work_items__outcomes') }} as work_items
    on api_calls.work_item_id = work_items.work_item_id
where {{ 'api_calls.is_retry' if is_retry else 'not api_calls.is_retry' }}
group by 1, 2, 3, 4, 5, 6
{%- endmacro %}
