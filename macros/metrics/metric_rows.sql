{#
    All rows of one metric of the list in `metrics()`: none where a table it needs is missing. `is_rate` and
    `standard_error` say what interval it has, if any.
#}
{% macro metric_rows(metric) %}
    {%- set scale = metric.get('scale', 1) -%}
    {%- set factor = scale ~ ' * ' if scale != 1 else '' -%}
    {%- set value = metric.value or factor ~ ratio(metric.numerator, metric.denominator) -%}
    select
        '{{ metric.id }}' as metric_id,
        grain,
        period_start,
        agent_id,
        {{ as_double(metric.numerator or 'null') }} as numerator,
        {{ as_double(metric.denominator or 'null') }} as denominator,
        {{ as_double(value) }} as value,
        {{ 'true' if metric.counts else 'false' }} as is_rate,
        {{ as_double(metric.error or 'null') }} as standard_error,
        is_complete
    from totals
    cross join present_tables
    where
        true
        {% for table in metric.tables or [] -%}
        and present_tables.has_{{ table }} = 1
        {% endfor -%}
        {% if metric.any_table -%}
        and (present_tables.has_{{ metric.any_table | join(' = 1 or present_tables.has_') }} = 1)
        {%- endif %}
{%- endmacro %}
