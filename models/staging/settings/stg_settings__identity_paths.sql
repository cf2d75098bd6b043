select
    lower(trim(source_system)) as source_system,
    {% for entity in identity_entities() -%}
    {%- set is_last = loop.last -%}
    {% for place in identity_places() -%}
    max(case when lower(trim(entity)) = '{{ entity }}' and precedence = {{ place }} then trim(path) end)
        as {{ entity }}_{{ place }}{{ ',' if not (is_last and loop.last) }}
    {% endfor -%}
    {% endfor %}
from {{ ref('identity_paths') }}
group by 1
