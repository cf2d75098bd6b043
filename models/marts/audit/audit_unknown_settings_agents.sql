{%- set seeds = [
    'agent_settings', 'forecasts', 'metric_targets', 'retirement_rules', 'roi_scenarios'
] -%}

with

settings as (
    {% for seed in seeds -%}
    select
        '{{ seed }}' as settings_table,
        trim(agent_id) as agent_id
    from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    settings.settings_table,
    settings.agent_id,
    cast(count(*) as bigint) as settings_rows
from settings
left join {{ ref('dim_agents') }} as agents on settings.agent_id = agents.agent_id
where settings.agent_id <> '' and settings.agent_id <> 'all' and agents.agent_id is null
group by settings.settings_table, settings.agent_id
