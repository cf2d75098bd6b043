{% test relationships_where(model, column_name, to, field, from_condition='1=1', to_condition='1=1') %}
    with parents as (
        select distinct {{ field }} as parent_id
        from {{ to }}
        where {{ to_condition }}
    )

    select children.{{ column_name }} as id
    from {{ model }} as children
    left join parents on children.{{ column_name }} = parents.parent_id
    where
        children.{{ column_name }} is not null
        and parents.parent_id is null
        and {{ from_condition }}
{% endtest %}
