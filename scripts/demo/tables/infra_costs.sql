-- Bills grow with the size of the data, so that a unit costs about the same at every size.
with days as (
    select cast(unnest(generate_series(date '2025-08-01', date '2026-11-10', interval 1 day)) as date) as day
),

months as (
    select
        cast(month_start as date) as month_start,
        cast(month_start + interval 1 month as date) as month_end,
        date_diff('month', date '2025-08-01', cast(month_start as date)) as age
    from (
        select unnest(generate_series(date '2025-08-01', date '2026-11-01', interval 1 month)) as month_start
    )
),

calls as (
    select
        provider,
        model,
        coalesce(service_tier, 'standard') as service_tier,
        cast(started_at as date) as day,
        sum(cast(reported_cost_usd as decimal(18, 10))) as reported_usd,
        sum(input_tokens) filter (where reported_cost_usd is null) as input_tokens,
        sum(cache_read_tokens) filter (where reported_cost_usd is null) as read_tokens,
        sum(cache_write_tokens) filter (where reported_cost_usd is null) as write_tokens,
        sum(output_tokens) filter (where reported_cost_usd is null) as output_tokens
    from read_parquet('api_calls/part-[0-9]*.parquet')
    group by all
),

spend as (
    select
        calls.provider,
        calls.day,
        cast(sum(coalesce(calls.reported_usd, 0) + cast((
            coalesce(calls.input_tokens, 0) * prices.input_usd
            + coalesce(calls.read_tokens, 0) * prices.read_usd
            + coalesce(calls.write_tokens, 0) * prices.write_usd
            + coalesce(calls.output_tokens, 0) * prices.output_usd
        ) / 1000000 * if(calls.service_tier = 'batch', 0.5, 1) as decimal(18, 6))) as double) as usd
    from calls
    inner join prices on calls.model = prices.model
    group by calls.provider, calls.day
),

monthly_spend as (
    select
        spend.provider,
        months.month_start,
        months.month_end,
        sum(spend.usd) as usd
    from spend
    inner join months on spend.day >= months.month_start and spend.day < months.month_end
    group by all
),

invoices as (
    -- A little more than the logs explain, once clearly more.
    select
        * replace (usd * if(
            provider = 'openai' and month_start = date '2026-06-01',
            1.11,
            within(epoch(month_start), provider, 1.02, 1.045)
        ) as usd)
    from monthly_spend
),

bills as (
    -- Cloud, billed by the day.
    select
        'cloud-' || day as cost_id,
        'infrastructure' as cost_layer,
        'Northwind Cloud' as vendor,
        'container hosting' as service,
        day as charge_start,
        day + 1 as charge_end,
        (110 + 0.16 * date_diff('day', date '2025-08-01', day))
        -- The first month sees half of the agents; the long prompts of order_support v2 need more.
        * case when day < date '2025-09-01' then 0.5 when day < date '2026-09-08' then 1 else 1.45 end
        * within(epoch(day), 'cloud', 0.94, 1.06) as amount,
        'USD' as currency,
        null as agent_id,
        day + interval 36 hours as loaded_at
    from days
    union all
    select
        'support-plan-' || month_start, 'infrastructure', 'Northwind Cloud', 'support plan',
        month_start, month_end, 450, 'USD', null, month_start + interval 2 days
    from months
    union all
    -- One bill belongs to one agent.
    select
        'extraction-' || month_start, 'infrastructure', 'Papertrail Scanning', 'document extraction',
        month_start, month_end, if(month_start < date '2026-06-01', 450, 700), 'USD', 'loan_intake',
        month_start + interval 2 days
    from months
    where month_start >= date '2026-02-01'
    union all
    select
        'credit-2026-03', 'infrastructure', 'Northwind Cloud', 'service credit',
        date '2026-03-01', date '2026-04-01', -350, 'USD', null, timestamp '2026-04-03 10:00:00'
    union all
    -- Tracing, billed by the week in euro.
    select
        'tracing-' || day, 'observability', 'Tracewell GmbH', 'trace storage',
        greatest(day - 6, date '2025-08-01'), day + 1,
        230 + 0.15 * date_diff('day', date '2025-08-01', day), 'EUR', null, day + interval 56 hours
    from days
    where isodow(day) = 7
    union all
    -- The bill for September 2025 never came.
    select
        'vectors-' || month_start, 'vector_db', 'Vectorhouse', 'dedicated index',
        month_start, month_end, 700 + 25 * age, 'USD', null, month_start + interval 2 days
    from months
    where month_start <> date '2025-09-01'
    union all
    select
        'desk-' || month_start, 'platform', 'Deskline', 'agent seats',
        month_start, month_end, 600 + 15 * age, 'USD', null, month_start + interval 2 days
    from months
    union all
    -- Invoices come in the month after; the last one of Anthropic has not come yet.
    select
        provider || '-invoice-' || month_start, 'llm_api', provider, 'api usage',
        month_start, month_end, usd, 'USD', null, month_end + interval 4 days
    from invoices
    where month_end <= cast(last_event() as date)
        and not (provider = 'anthropic' and month_start = date '2026-10-01')
    union all
    -- The usage report of one provider, by the day.
    select
        provider || '-report-' || day, 'llm_api', provider, 'cost_report',
        day, day + 1, usd * 1.01, 'USD', null, day + interval 30 hours
    from spend
    where provider = 'anthropic' and day < cast(last_event() as date)
)

select
    cost_id,
    cost_layer,
    vendor,
    service,
    cast(charge_start as timestamp) as charge_start,
    cast(charge_end as timestamp) as charge_end,
    cast(
        amount * if(cost_layer = 'llm_api', 1, getvariable('api_calls') / 40000) as decimal(18, 4)
    ) as amount,
    currency,
    agent_id,
    least(loaded_at, as_of()) as loaded_at
from bills
order by cost_id
