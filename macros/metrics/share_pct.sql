{#
    Share of a part in the total of its period and agent, in percent; the shares of one period
    and agent sum to 100. NULL where the total is 0, where a part is negative (a credit has no
    share), and for an unknown part.
#}
{% macro share_pct(amount) -%}
    {%- set whole = 'over (partition by grain, period_start, agent_id)' -%}
    case
        when min({{ amount }}) {{ whole }} >= 0 then 100 * {{ ratio(amount, 'sum(' ~ amount ~ ') ' ~ whole) }}
    end
{%- endmacro %}
