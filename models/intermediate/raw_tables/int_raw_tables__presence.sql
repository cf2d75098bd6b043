{%- set present = present_tables(only_certain=true) -%}
{%- set possible = present_tables() -%}

{% for table in contract_tables() -%}
{%- set records = ref('int_records__' ~ table) -%}
select
    '{{ table }}' as table_name,
    {% if table in present -%} true
    {%- elif table in possible -%} (select 1 from {{ records }} limit 1) is not null
    {%- else -%} false
    {%- endif %} as is_present
{{ 'union all' if not loop.last }}
{% endfor %}
