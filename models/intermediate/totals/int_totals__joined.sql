{%- set themes = total_themes() -%}

select
    keys.grain,
    keys.period_start,
    keys.agent_id,
    keys.is_complete,
    {% for theme, columns in themes.items() -%}
    {% for column in columns.sums -%}
    case when {{ theme }}.grain is null then 0 else {{ theme }}.{{ column }} end as {{ column }},
    {% endfor -%}
    {% for column in columns.measures -%}
    {{ theme }}.{{ column }},
    {% endfor -%}
    {% endfor -%}
    {% for layer in cost_layers() -%}
    coalesce(costs.has_{{ layer }}, false) as has_{{ layer }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('int_totals__keys') }} as keys
{% for theme in themes -%}
left join {{ ref('int_totals__' ~ theme) }} as {{ theme }}
    on keys.grain = {{ theme }}.grain
    and keys.period_start = {{ theme }}.period_start
    and keys.agent_id = {{ theme }}.agent_id
{% endfor %}
