{% test mutually_exclusive_ranges(
    model,
    lower_bound_column,
    upper_bound_column,
    partition_by=none,
    gaps='allowed',
    zero_length_range_allowed=false
) %}
    {%- set operators = {'not_allowed': '=', 'allowed': '<=', 'required': '<'} -%}
    {%- if gaps not in operators -%}
        {{ exceptions.raise_compiler_error("gaps is one of: " ~ operators | join(', ') ~ "; got: " ~ gaps) }}
    {%- endif %}

    with ranges as (
        select
            {% if partition_by %}{{ partition_by }} as partition_by_col,{% endif %}
            {{ lower_bound_column }} as lower_bound,
            {{ upper_bound_column }} as upper_bound,
            lead({{ lower_bound_column }}) over (
                {% if partition_by %}partition by {{ partition_by }}{% endif %}
                order by {{ lower_bound_column }}, {{ upper_bound_column }}
            ) as next_lower_bound
        from {{ model }}
    )

    select *
    from ranges
    where
        not coalesce(lower_bound {{ '<=' if zero_length_range_allowed else '<' }} upper_bound, false)
        or (
            next_lower_bound is not null
            and not coalesce(upper_bound {{ operators[gaps] }} next_lower_bound, false)
        )
{% endtest %}
