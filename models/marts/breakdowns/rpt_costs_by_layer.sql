with

layers as (
    {% for layer in cost_layers() -%}
    select
        grain,
        period_start,
        agent_id,
        '{{ layer }}' as cost_layer,
        {{ layer }}_cost as cost
    from {{ ref('int_totals__costs') }}
    where has_programme_{{ layer }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    grain,
    period_start,
    agent_id,
    cost_layer,
    cost,
    {{ share_pct('cost') }} as share_pct
from layers
