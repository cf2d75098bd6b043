{# All rows of one metric of the list in `metrics()`: none where a table it needs is missing. #}
{% macro metric_rows(metric) %}
    {%- set scale = metric.get('scale', 1) -%}
    {%- set value = metric.value or ((scale ~ ' * ' if scale != 1 else '') ~ ratio(metric.numerator, metric.denominator)) -%}
    select
        '{{ metric.id }}' as metric_id,
        grain,
        period_start,
        agent_id,
        {{ as_double(metric.numerator or 'null') }} as numerator,
        {{ as_double(metric.denominator or 'null') }} as denominator,
        {{ as_double(value) }} as value,
        {% for bound, sign in {'ci_low': '-', 'ci_high': '+'}.items() -%}
        {% if metric.counts -%}
        {{ as_double(wilson_bound(metric.numerator, metric.denominator, sign)) }} as {{ bound }},
        {% elif metric.error -%}
        {{ as_double(value) }} {{ sign }} {{ z95() }} * {{ metric.error }} as {{ bound }},
        {% else -%}
        {{ as_double('null') }} as {{ bound }},
        {% endif -%}
        {% endfor -%}
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
