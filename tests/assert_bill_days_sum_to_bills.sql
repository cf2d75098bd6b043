with

bills as (
    select
        bills.cost_id,
        {{ as_money('sum(bills.amount * rates.usd_per_unit)') }} as amount
    from {{ kept_rows('infra_costs') }} as bills
    left join {{ ref('stg_settings__currency_rates') }} as rates
        on {{ currency_code('bills.currency') }} = rates.currency
        and {{ is_valid_on('bills.charge_start', 'rates') }}
    group by bills.cost_id
),

bill_days as (
    select
        cost_id,
        sum(amount) as amount
    from {{ ref('int_bills__daily') }}
    group by cost_id
)

select
    bills.cost_id,
    bills.amount,
    bill_days.amount as amount_of_days
from bills
left join bill_days on bills.cost_id = bill_days.cost_id
where bills.amount is null or bill_days.amount is null or bills.amount <> bill_days.amount
