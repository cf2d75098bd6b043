{%- set states = ['kept', 'superseded', 'rejected', 'duplicate', 'excluded'] -%}

{% for table in contract_tables() -%}
select
    '{{ table }}' as source_table,
    cast(count(*) as bigint) as rows_read,
    {% for state in states -%}
    {{ count_where("record_state = '" ~ state ~ "'") }} as rows_{{ state }}{{ ',' if not loop.last }}
    {% endfor -%}
from {{ ref('int_records__' ~ table) }}
{{ 'union all' if not loop.last }}
{% endfor %}
