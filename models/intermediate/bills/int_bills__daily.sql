with

bills as (
    select
        infra_costs.*,
        {{ as_money('infra_costs.amount * rates.usd_per_unit') }} as amount_usd
    from {{ kept_rows('infra_costs') }} as infra_costs
    inner join {{ ref('stg_settings__currency_rates') }} as rates
        on {{ currency_code('infra_costs.currency') }} = rates.currency
        and {{ is_valid_on('infra_costs.charge_start', 'rates') }}
),

local_days as (select * from {{ ref('int_bills__days') }}),

rounded_days as (
    select
        bills.cost_id,
        bills.cost_layer,
        bills.vendor,
        bills.service,
        bills.agent_id,
        bills.amount_usd,
        local_days.cost_date,
        {{ as_money(as_double('bills.amount_usd') ~ ' * ' ~ ratio(
            'local_days.seconds', seconds_between('bills.charge_start', 'bills.charge_end')
        )) }} as amount,
        row_number() over (partition by bills.cost_id order by local_days.cost_date desc) as day_number
    from bills
    inner join local_days on bills.cost_id = local_days.cost_id
)

-- what rounding leaves goes to the last day of the bill
select
    cost_id,
    cost_layer,
    vendor,
    service,
    agent_id,
    cost_date,
    {{ as_money("amount + case when day_number = 1
        then amount_usd - sum(amount) over (partition by cost_id) else 0 end") }} as amount
from rounded_days
