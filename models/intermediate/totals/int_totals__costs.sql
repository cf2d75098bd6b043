with

{#
    A row of the ledger belongs to the conversations' side when its agent holds any, when it has none,
    or when it is human only.
#}
conversing_agents as (
    select agent_id from {{ ref('int_conversations__kept') }}
    where agent_id is not null
    group by agent_id
),

daily as (
    select
        lines.cost_date,
        lines.agent_id,
        lines.cost_layer,
        lines.attribution,
        lines.is_human_only,
        lines.is_human_only or lines.agent_id is null or conversing_agents.agent_id is not null
            as is_of_conversations,
        sum(lines.amount) as amount,
        sum(lines.unknown_amounts) as unknown_amounts
    from {{ ref('int_costs__lines') }} as lines
    left join conversing_agents on lines.agent_id = conversing_agents.agent_id
    group by 1, 2, 3, 4, 5, 6
)

{%- set parts = {
    'cost': 'not daily.is_human_only',
    'human_only_cost': 'daily.is_human_only',
    'conversation_cost': 'daily.is_of_conversations',
    'ledger_cost': 'true',
    'call_cost': "not daily.is_human_only and daily.cost_layer in ('api', 'retries')",
    'unattributed_cost': "not daily.is_human_only and daily.attribution = 'unattributed'",
} %}
{%- for layer in cost_layers() %}
    {%- do parts.update({
        layer ~ '_cost': "not daily.is_human_only and daily.cost_layer = '" ~ layer ~ "'",
    }) -%}
{%- endfor %}

select
    {{ period_columns() }},
    {% for part, condition in parts.items() -%}
    {{ as_money(known_sum(
        'case when ' ~ condition ~ ' then daily.amount end',
        'case when ' ~ condition ~ ' then daily.unknown_amounts end'
    )) }} as {{ part }},
    {% endfor -%}
    {% for layer in cost_layers() -%}
    {{ count_where("daily.cost_layer = '" ~ layer ~ "' and daily.amount is not null") }} > 0
        as has_{{ layer }},
    {{ count_where("daily.cost_layer = '" ~ layer ~ "' and not daily.is_human_only") }} > 0
        as has_programme_{{ layer }}{{ ',' if not loop.last }}
    {% endfor %}
from daily
{{ period_joins('daily', 'cost_date') }}
group by 1, 2, 3
