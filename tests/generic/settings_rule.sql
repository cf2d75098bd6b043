{#
    The seed makes sense; if not, the build stops with one sentence that says what is wrong and what to do.

    key       expressions that name a row
    each_key  has `one_row`, `one_row_at_a_time` (by valid_from and valid_to) or `any_rows`
    required  columns that may not be empty
    rules     list of broken_when (a condition on a row) and sentence ({rows}: the rows that break it)

    dbt runs the tests of a seed right after the seed, and skips all that reads it when one of them errs. A
    test that only fails would say how many rows are wrong, not which; so this one raises its own error, and
    stands for the usual tests of a key. A rule that asks a second seed stops only what reads both, so it is a
    test of its own. The database is asked in build and test alone: parse, compile and docs need none.
#}
{% test settings_rule(model, key, each_key='one_row', required=[], rules=[]) %}
    {%- if execute and flags.WHICH in ['build', 'test'] -%}
        {%- set own_rules = {
            'one_row': [
                {'broken_when': 'rows_of_key > 1', 'sentence': '{rows} has more than one row; keep one.'},
            ],
            'one_row_at_a_time': [
                {
                    'broken_when': 'valid_to <= valid_from',
                    'sentence': 'a row of {rows} ends on or before the day it begins; valid_to is the first'
                        ~ ' day on which it no longer holds, empty while it holds.',
                },
                {
                    'broken_when': 'row_of_key < rows_of_key and coalesce(valid_to > next_valid_from, true)',
                    'sentence': 'two rows of {rows} hold on the same day; let the earlier one end (valid_to)'
                        ~ ' on the day the later one begins (valid_from).',
                },
            ],
            'any_rows': [],
        } -%}
        {%- set all_rules = [] -%}
        {%- for column in required -%}
            {%- do all_rules.append({
                'broken_when': "coalesce(trim(cast(" ~ column ~ " as " ~ dbt.type_string() ~ ")), '') = ''",
                'sentence': 'a row has no ' ~ column ~ '; give one, or remove the row.',
            }) -%}
        {%- endfor -%}
        {%- do all_rules.extend(own_rules[each_key] + rules) -%}
        {%- set by_key = 'partition by ' ~ key | join(', ') -%}
        {%- set first_day = "cast('0001-01-01' as date)" -%}
        {%- set query -%}
            with settings as (
                select
                    *,
                    {% if each_key == 'one_row_at_a_time' -%}
                    row_number() over (
                        {{ by_key }} order by coalesce(valid_from, {{ first_day }})
                    ) as row_of_key,
                    coalesce(
                        lead(valid_from) over ({{ by_key }} order by coalesce(valid_from, {{ first_day }})),
                        {{ first_day }}
                    ) as next_valid_from,
                    {% endif -%}
                    count(*) over ({{ by_key }}) as rows_of_key,
                    concat_ws(
                        ' / ',
                        {% for part in key -%}
                        cast({{ part }} as {{ dbt.type_string() }}){{ ',' if not loop.last }}
                        {% endfor %}
                    ) as row_name
                from {{ model }}
            )
            {% for rule in all_rules %}
            select {{ loop.index0 }} as rule_number, row_name from settings where {{ rule.broken_when }}
            {{ 'union' if not loop.last else 'order by rule_number, row_name' }}
            {% endfor %}
        {%- endset -%}
        {%- set broken = run_query(query).rows -%}
        {%- if broken | length > 0 -%}
            {%- set number = broken[0][0] | int -%}
            {%- set names = [] -%}
            {%- for row in broken if row[0] | int == number and row[1] not in names -%}
                {%- do names.append(row[1]) -%}
            {%- endfor -%}
            {%- set more = ' and ' ~ (names | length - 3) ~ ' more' if names | length > 3 else '' -%}
            {%- do exceptions.raise_compiler_error(
                'Settings ' ~ model.identifier ~ ': '
                ~ all_rules[number].sentence | replace('{rows}', names[:3] | join(', ') ~ more)
            ) -%}
        {%- endif -%}
    {%- endif -%}

    select *
    from {{ model }}
    where 1 = 0
{% endtest %}
