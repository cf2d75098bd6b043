{% test equal_rowcount(model, compare_model, group_by_columns=[]) %}
    {{ config(fail_calc='coalesce(sum(diff_count), 0)') }}
    {%- set keys = group_by_columns | join(', ') %}

    with counts as (
        select {% if keys %}{{ keys }},{% endif %} count(*) as model_rows, 0 as compare_model_rows
        from {{ model }}
        {% if keys %}group by {{ keys }}{% endif %}
        union all
        select {% if keys %}{{ keys }},{% endif %} 0 as model_rows, count(*) as compare_model_rows
        from {{ compare_model }}
        {% if keys %}group by {{ keys }}{% endif %}
    )

    select {% if keys %}{{ keys }},{% endif %} abs(sum(model_rows) - sum(compare_model_rows)) as diff_count
    from counts
    {% if keys %}group by {{ keys }}{% endif %}
    having sum(model_rows) <> sum(compare_model_rows)
{% endtest %}
