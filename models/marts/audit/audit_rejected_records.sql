{%- set tables = contract_tables() -%}

{% for table in tables -%}
select
    '{{ table }}' as source_table,
    {{ contract_columns(table) | first }} as record_key,
    source_system,
    reject_reasons as reasons,
    loaded_at,
    raw_record
from {{ ref('int_records__' ~ table) }}
where record_state = 'rejected'
{{ 'union all' if not loop.last }}
{% endfor %}
