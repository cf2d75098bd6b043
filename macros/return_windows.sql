{#
    Return windows in hours by the ending of their columns:
    the one that decides deflection, and two longer ones.
#}
{% macro return_windows() %}
    {{ return({'': var('return_window_hours'), '_72h': 72, '_7d': 168}) }}
{% endmacro %}
