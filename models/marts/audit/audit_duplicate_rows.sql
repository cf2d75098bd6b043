{% for table in contract_tables() -%}
select
    '{{ table }}' as source_table,
    source_system,
    cast(count(*) as bigint) as rows_duplicate
from {{ ref('int_records__' ~ table) }}
where record_state = 'duplicate'
group by source_system
{{ 'union all' if not loop.last }}
{% endfor %}
