{#- Shares of one period and agent sum to 100; there is none where the total is 0 or a part negative. -#}
{%- set breakdowns = {
    'rpt_escalations_by_reason': 'escalations', 'rpt_retries_by_failure_type': 'retried_calls',
    'rpt_costs_by_layer': 'cost', 'rpt_usage_by_model': 'cost',
} -%}

with

totals as (
    {% for breakdown, amount in breakdowns.items() -%}
    select
        '{{ breakdown }}' as breakdown,
        grain,
        period_start,
        agent_id,
        sum(share_pct) as share_pct,
        sum({{ amount }}) <> 0 and min({{ amount }}) >= 0 as has_shares
    from {{ ref(breakdown) }}
    group by grain, period_start, agent_id
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select *
from totals
where
    abs(share_pct - 100) > 0.000001
    or (share_pct is null and has_shares)
    or (share_pct is not null and not coalesce(has_shares, false))
