-- every metric of the list has its row in the registry, every row its metric, and both say whose metric it is
with

metrics as (
    {% for metric in metrics() -%}
    select '{{ metric.id }}' as metric_id, '{{ metric.mart }}' as mart
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    metrics.metric_id as metric_in_list,
    definitions.metric_id as metric_in_registry,
    metrics.mart,
    definitions.metric_set
from metrics
full outer join {{ ref('metric_definitions') }} as definitions on metrics.metric_id = definitions.metric_id
where
    metrics.metric_id is null
    or definitions.metric_id is null
    or (definitions.metric_set <> 'diagnostic' and definitions.metric_set <> metrics.mart)
