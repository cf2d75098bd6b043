with

savings as (
    select
        keys.grain,
        keys.period_start,
        keys.agent_id,
        {{ as_double(
            'coalesce(items.completed_outcomes, 0) * settings.baseline_cost_per_outcome'
            ~ ' - case when costs.grain is null then 0 else costs.cost end'
        ) }} * 365 / nullif(keys.elapsed_days, 0) as annual_saving,
        {{ as_double('settings.fte_annual_cost') }} as fte_annual_cost
    from {{ ref('int_totals__keys') }} as keys
    inner join {{ ref('stg_settings__agent_settings') }} as settings
        on keys.agent_id = settings.agent_id
        and {{ is_valid_on('keys.settings_date', 'settings') }}
    left join {{ ref('int_totals__closed_items') }} as items
        on keys.grain = items.grain
        and keys.period_start = items.period_start
        and keys.agent_id = items.agent_id
    left join {{ ref('int_totals__costs') }} as costs
        on keys.grain = costs.grain
        and keys.period_start = costs.period_start
        and keys.agent_id = costs.agent_id
    where keys.elapsed_days > 0
),

headcounts as (
    select
        *,
        {{ ratio('annual_saving', 'fte_annual_cost') }} as headcount_equivalent
    from savings
)

select
    grain,
    period_start,
    agent_id,
    annual_saving,
    fte_annual_cost,
    headcount_equivalent
from headcounts

union all

select
    grain,
    period_start,
    'all' as agent_id,
    cast(null as {{ type_double() }}) as annual_saving,
    cast(null as {{ type_double() }}) as fte_annual_cost,
    {{ as_double('sum(cast(headcount_equivalent as decimal(38, 18)))') }} as headcount_equivalent
from headcounts
group by grain, period_start
