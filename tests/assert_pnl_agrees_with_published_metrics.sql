-- margin, cost and unit cost of the P&L are the published metrics, its layers sum to its cost
select
    pnl.month,
    pnl.agent_id,
    pnl.margin,
    kpis.margin_contribution,
    pnl.total_cost,
    kpis.total_cost as published_cost
from {{ ref('rpt_agent_pnl') }} as pnl
left join {{ ref('fct_agent_kpis') }} as kpis
    on pnl.month = kpis.period_start and pnl.agent_id = kpis.agent_id and kpis.grain = 'month'
where
    (pnl.margin is null) <> (kpis.margin_contribution is null)
    or abs(pnl.margin - kpis.margin_contribution) > 0.000001
    or (pnl.total_cost is null) <> (kpis.total_cost is null)
    or abs(pnl.total_cost - kpis.total_cost) > 0.000001
    or pnl.total_cost <> (
        {% for layer in cost_layers() -%}
        coalesce(pnl.{{ layer }}_cost, 0){{ ' + ' if not loop.last }}
        {%- endfor %}
    )
