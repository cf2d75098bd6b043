with

totals as (
    select
        totals.*,
        {% for table in tables_of_value() -%}
        {{ has_any_table([table]) }}{{ ' and ' if not loop.last }}
        {%- endfor %} as is_value_known,
        {{ has_any_table(tables_of_cost()) }} as is_cost_known
    from {{ ref('int_totals__joined') }} as totals
    where totals.grain = 'month'
),

amounts as (
    select
        period_start as month,
        agent_id,
        is_complete,
        {{ as_money('case when is_value_known then recorded_value end') }} as recorded_value,
        -- NULL where items without a recorded value exist and none of them has a baseline
        {{ as_money(
            'case when is_value_known and (items_of_unknown_value = 0 or items_of_imputed_value > 0)'
            ~ ' then coalesce(imputed_value, 0) end'
        ) }} as imputed_value,
        {{ as_money('case when is_value_known then ' ~ outcome_value() ~ ' end') }} as total_value,
        {% for layer in cost_layers() -%}
        {{ as_money('case when is_cost_known then ' ~ layer ~ '_cost end') }} as {{ layer }}_cost,
        {% endfor -%}
        {{ as_money('case when is_cost_known then cost end') }} as total_cost
    from totals
)

select
    month,
    agent_id,
    is_complete,
    recorded_value,
    imputed_value,
    total_value,
    {% for layer in cost_layers() -%}
    {{ layer }}_cost,
    {% endfor -%}
    total_cost,
    {{ as_money('total_value - total_cost') }} as margin
from amounts
