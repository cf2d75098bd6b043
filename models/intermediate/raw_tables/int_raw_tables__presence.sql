{%- set present = present_tables() -%}

{% for table in contract_tables() -%}
select
    '{{ table }}' as table_name,
    {{ 'true' if table in present else 'false' }} as is_present
{{ 'union all' if not loop.last }}
{% endfor %}
