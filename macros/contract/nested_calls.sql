{#
    CTEs that end in `repeating_spans` (trace_id, span_id): calls whose usage another span of the same
    trace reports too, because one stands around the other (a framework's span around the client's, with
    any spans between them). They read `spans` (trace_id, span_id, parent_span_id, is_call, has_usage),
    and stand in a `with recursive`.

    The innermost call with usage counts. A call around others is a wrapper where one of them has usage,
    or where itself has none; where the usage stands on the outer span only, the calls inside repeat it.
#}
{% macro repeating_spans() -%}
ascents as (
    select
        trace_id,
        span_id,
        has_usage,
        parent_span_id as ancestor_id
    from spans
    where is_call and parent_span_id is not null
    union
    select
        ascents.trace_id,
        ascents.span_id,
        ascents.has_usage,
        spans.parent_span_id as ancestor_id
    from ascents
    inner join spans on ascents.trace_id = spans.trace_id and ascents.ancestor_id = spans.span_id
    where spans.parent_span_id is not null
),

wrappers as (
    select
        outer_spans.trace_id,
        outer_spans.span_id,
        max(case when outer_spans.has_usage then 1 else 0 end) = 1 as has_usage,
        max(case when ascents.has_usage then 1 else 0 end) = 1 as has_usage_inside
    from ascents
    inner join spans as outer_spans
        on ascents.trace_id = outer_spans.trace_id
        and ascents.ancestor_id = outer_spans.span_id
        and ascents.span_id <> outer_spans.span_id
    where outer_spans.is_call
    group by outer_spans.trace_id, outer_spans.span_id
),

repeating_spans as (
    select
        trace_id,
        span_id
    from wrappers
    where has_usage_inside or not has_usage
    union
    select
        ascents.trace_id,
        ascents.span_id
    from ascents
    inner join wrappers
        on ascents.trace_id = wrappers.trace_id
        and ascents.ancestor_id = wrappers.span_id
        and ascents.span_id <> wrappers.span_id
    where wrappers.has_usage and not wrappers.has_usage_inside
)
{%- endmacro %}
