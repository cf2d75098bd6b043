"""Ways in which logs of model calls are miscounted, one test each; the answers are worked out by hand.

The exports stand in fixtures/counting_bugs, every case under an agent of its own. One build per engine reads
them all. Prices there, per million tokens: m1 input 10, cache read 1, cache write 12.5, output 100; twice
that from 15 March; batch half, flex 40 % of it. One token of input is thus 0.00001 USD.
"""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import ON_BOTH_ENGINES

FIXTURES = Path(__file__).parent / "fixtures" / "counting_bugs"
READ = "+fct_cost_ledger +fct_work_items +fct_conversations +audit_raw_row_counts +audit_rejected_records"
READ += " +audit_excluded_calls +int_records__human_reviews +int_records__csat_responses"


@pytest.fixture(scope="module", params=ON_BOTH_ENGINES)
def built(request, harness):
    if request.param == "postgres":
        harness.postgres_environment = request.getfixturevalue("postgres_environment")
    build = harness.build(
        FIXTURES,
        FIXTURES / "settings",
        vars={"reporting_timezone": "Europe/Berlin", "max_unpriced_call_share": 1},
        target=request.param,
        env={"PGTZ": "Asia/Kathmandu"} if request.param == "postgres" else None,
        select=READ,
    )
    assert build.success, build.failures
    return build


def calls(built, agent):
    """The calls of one case in the order in which they began."""
    return built.query(
        f"select * from marts.fct_api_calls where agent_id = '{agent}' order by started_at, api_call_id"
    )


def tokens(call):
    return tuple(
        call[name] for name in ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")
    )


def states(built, agent):
    rows = built.query(
        "select record_state, count(*) as calls from intermediate.int_records__api_calls "
        f"where agent_id = '{agent}' group by record_state"
    )
    return {row["record_state"]: row["calls"] for row in rows}


# The seven.


@pytest.mark.parametrize(
    "agent",
    [
        "cache_litellm",  # prompt 1000 with 600 read and 100 written in it
        "cache_litellm_anthropic",  # the same under Anthropic's names
        "cache_otel",  # input 1000 with both in it
        "cache_openai",  # a client of Langfuse that sends input with both in it
        "cache_langfuse",  # input 300 beside them
        "cache_anthropic",  # prompt 300 beside them
    ],
)
def test_cached_tokens_count_once_whether_inside_the_input_or_beside_it(built, agent):
    (call,) = calls(built, agent)
    assert tokens(call) == (300, 600, 100, 50)
    assert call["total_tokens"] == 1050
    # 300 x 0.00001 + 600 x 0.000001 + 100 x 0.0000125 + 50 x 0.0001
    assert call["cost"] == Decimal("0.00985")


@pytest.mark.parametrize(
    "agent, call_id", [("nested_otel", "nested-client"), ("nested_langfuse", "nested-inner")]
)
def test_a_span_around_a_call_does_not_count_its_usage_again(built, agent, call_id):
    (call,) = calls(built, agent)
    assert (call["api_call_id"], call["total_tokens"]) == (call_id, 330)
    assert states(built, agent) == {"kept": 1, "duplicate": 1}


def test_one_response_on_several_rows_is_one_call(built):
    (call,) = calls(built, "one_response")
    assert tokens(call) == (100, None, None, 40)
    assert states(built, "one_response") == {"kept": 1, "duplicate": 1}


def test_a_row_delivered_twice_is_one_call_with_the_most_tokens(built):
    (call,) = calls(built, "delivered_twice")
    assert call["total_tokens"] == 150
    assert states(built, "delivered_twice") == {"kept": 1, "superseded": 1}


@pytest.mark.parametrize(
    "agent, status, error_type", [("aborted", "success", None), ("aborted_otel", "error", "client_abort")]
)
def test_a_stream_cut_off_without_usage_has_unknown_tokens_and_cost(built, agent, status, error_type):
    (call,) = calls(built, agent)
    assert tokens(call) == (None, None, None, None)
    assert (call["total_tokens"], call["cost"], call["cost_source"]) == (None, None, "unpriced")
    assert (call["status"], call["error_type"]) == (status, error_type)


@pytest.mark.parametrize(
    "agent, tier, cost", [("tier_batch", "batch", "0.01"), ("tier_flex", "flex", "0.008")]
)
def test_batch_and_flex_calls_have_their_own_price(built, agent, tier, cost):
    (call,) = calls(built, agent)
    assert (call["service_tier"], call["is_price_tier_fallback"]) == (tier, False)
    # 1000 input and 100 output: 0.02 at the standard price
    assert call["cost"] == Decimal(cost)


def test_a_new_price_holds_from_its_day_on_and_changes_nothing_before_it(built):
    before, after = calls(built, "price_change")
    assert (before["cost"], after["cost"]) == (Decimal("0.02"), Decimal("0.04"))


def test_days_are_those_of_the_reporting_zone_and_lose_nothing_when_clocks_change(built):
    rows = built.query(
        "select cost_date, sum(amount) as amount from marts.fct_cost_ledger "
        "where agent_id = 'clock_change' group by cost_date order by cost_date"
    )
    # 22:59:59 UTC on the 28th is 23:59:59 in Berlin; from the 29th on midnight is at 22:00 UTC. 0.02 a call.
    assert [(row["cost_date"], row["amount"]) for row in rows] == [
        (date(2026, 3, 28), Decimal("0.02")),
        (date(2026, 3, 29), Decimal("0.04")),
        (date(2026, 3, 30), Decimal("0.02")),
    ]


# And what is easily taken for something else.


@pytest.mark.parametrize("agent, cost", [("gateway_hit", "0.002"), ("units_helicone", "0.123456789")])
def test_a_hit_of_the_gateways_cache_is_none_of_the_providers(built, agent, cost):
    asked, answered_by_gateway = calls(built, agent)
    assert (asked["total_tokens"], asked["cost"]) == (110, Decimal(cost))
    assert (answered_by_gateway["total_tokens"], answered_by_gateway["cost"]) == (0, Decimal(0))
    assert answered_by_gateway["cache_read_tokens"] is None
    assert not asked["is_cache_hit"] and not answered_by_gateway["is_cache_hit"]


def test_a_retry_logged_as_three_rows_is_three_attempts_of_one_request(built):
    first, second, third, other = calls(built, "three_tries")
    assert first["request_id"] == second["request_id"] == third["request_id"] is not None
    assert other["request_id"] is None
    assert [call["was_retried"] for call in (first, second, third, other)] == [True, True, False, False]
    assert [call["is_retry"] for call in (first, second, third, other)] == [False, True, True, False]
    errors = [call["error_type"] for call in (first, second, third, other)]
    assert errors == ["rate_limit", "timeout", None, None]
    # the first failure was delivered twice
    assert states(built, "three_tries") == {"kept": 4, "superseded": 1}
    layers = built.query(
        "select cost_layer, sum(amount) as amount from marts.fct_cost_ledger where agent_id = 'three_tries' "
        "and amount is not null group by cost_layer order by cost_layer"
    )
    assert [(row["cost_layer"], row["amount"]) for row in layers] == [
        ("api", Decimal("0.003")),
        ("retries", Decimal("0.003")),
    ]


def test_a_call_logged_by_a_gateway_and_a_tracer_that_share_no_id_counts_once(built):
    rows = calls(built, "logged_by_two")
    # the tracer saw a third call; what both saw keeps the gateway's cost
    assert [(row["api_call_id"], row["cost"]) for row in rows] == [
        ("pair-1", Decimal("0.01")),
        ("pair-2", Decimal("0.01")),
        ("seen-3", Decimal("0.011")),
    ]
    assert states(built, "logged_by_two") == {"kept": 3, "duplicate": 2}


def test_what_only_the_root_of_a_trace_knows_holds_for_its_calls(built):
    (call,) = calls(built, "known_by_root")
    assert (call["api_call_id"], call["conversation_id"], call["total_tokens"]) == ("leaf", "c-root", 110)


def test_counts_of_time_and_money_are_read_in_their_unit(built):
    (nanoseconds,) = calls(built, "units_otlp")
    assert nanoseconds["started_at"] == datetime(2026, 3, 1, 10, 0, 0, 123456)
    assert nanoseconds["latency_seconds"] == 1.5
    milliseconds = calls(built, "units_helicone")[0]
    assert milliseconds["latency_seconds"] == 2.5
    (seconds,) = built.query("select * from marts.fct_conversations where conversation_id = '101'")
    assert seconds["started_at"] == datetime(2026, 3, 1, 10)
    assert seconds["closed_at"] == datetime(2026, 3, 1, 11)
    bills = built.query(
        "select vendor, amount from intermediate.int_records__infra_costs "
        "where service = 'cost_report' order by vendor"
    )
    assert [(row["vendor"], row["amount"]) for row in bills] == [
        ("anthropic", Decimal("1.2345")),  # 123.45 cents
        ("openai", Decimal("1.5")),
    ]


def test_history_tables_keep_the_current_version(built):
    items = built.query("select * from marts.fct_work_items order by work_item_id")
    assert [(item["work_item_id"], item["outcome"]) for item in items] == [
        ("101", "ai_assumed"),
        ("102", "human_after_escalation"),
    ]
    (call,) = calls(built, "versions_langfuse")
    assert (call["api_call_id"], call["total_tokens"], call["cost"]) == ("version", 110, Decimal("0.002"))


def test_ratings_of_two_levels_and_measured_work_arrive(built):
    surveys = built.query("select * from intermediate.int_records__csat_responses order by survey_id")
    assert [(row["survey_id"], row["leg"], row["rating"]) for row in surveys] == [
        ("101-ai", "ai", 4),
        ("102-human", "human", 1),
    ]
    (review,) = built.query("select * from intermediate.int_records__human_reviews")
    assert (review["work_item_id"], review["active_minutes"]) == ("102", Decimal("1.5"))


def test_calls_of_a_simulated_customer_are_left_out_and_shown(built):
    assert calls(built, "user_simulator") == []
    (row,) = built.mart("audit_excluded_calls")
    assert (row["source_system"], row["rule"], row["calls"], row["tokens"], row["cost"]) == (
        "litellm",
        "user_simulator",
        1,
        110,
        Decimal("0.004"),
    )


def test_every_row_is_accounted_for(built):
    assert built.mart("audit_rejected_records") == []
    for row in built.mart("audit_raw_row_counts"):
        parts = ("rows_kept", "rows_superseded", "rows_rejected", "rows_duplicate", "rows_excluded")
        assert row["rows_read"] == sum(row[part] for part in parts), row
