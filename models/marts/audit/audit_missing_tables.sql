{#- Metrics by table, read off the one list of metrics. -#}
{%- set metrics_of = {} -%}
{%- for table in contract_tables() -%}
    {%- set ids = [] -%}
    {%- for metric in metrics() if table in (metric.tables or []) -%}
        {%- do ids.append(metric.id) -%}
    {%- endfor -%}
    {%- do metrics_of.update({table: ids | sort | join(', ')}) -%}
{%- endfor -%}

select
    table_name,
    case table_name
        {% for table, ids in metrics_of.items() if ids -%}
        when '{{ table }}' then '{{ ids }}'
        {% endfor -%}
    end as metrics_without_value
from {{ ref('int_raw_tables__presence') }}
where not is_present
