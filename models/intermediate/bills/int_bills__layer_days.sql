select
    bills.cost_layer,
    bills.agent_id,
    bills.cost_date,
    coalesce(settings.driver, 'none') as driver,
    {{ as_money('sum(bills.amount)') }} as amount
from {{ ref('int_bills__daily') }} as bills
left join {{ ref('cost_allocation_drivers') }} as settings on bills.cost_layer = settings.cost_layer
where bills.cost_layer <> 'llm_api'
group by 1, 2, 3, 4
