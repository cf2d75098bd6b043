select
    grain,
    period_start,
    nullif(concat_ws(', '
        {%- for layer in cost_layers() if layer in var('expected_cost_layers') %},
        case when not has_{{ layer }}
            {%- if layer == 'human_review' %} or timed_escalations < 0.5 * escalated_items{% endif %}
            then '{{ layer }}' end
        {%- endfor %}
    ), '') as missing_cost_layers
from {{ ref('int_totals__joined') }}
where agent_id = 'all'
