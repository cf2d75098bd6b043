{% set tables = contract_tables() %}

with

last_loads as (
    {% for table in tables -%}
    select max(loaded_at) as loaded_at from {{ ref('int_records__' ~ table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

chosen as (
    select
        {% if var('data_as_of') | string | trim -%}
        {{ as_of_setting() }} as data_as_of
        {%- else -%}
        max(loaded_at) as data_as_of
        {%- endif %}
    from last_loads
)

select
    data_as_of,
    cast({{ local_time('data_as_of') }} as date) as as_of_date
from chosen
