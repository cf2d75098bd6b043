"""Recorded runs of real agents give the values that were computed for them without any SQL of this project.

The environment variable AGENT_KPIS_REAL_RUNS names a folder that holds expected_values.json and the raw
tables (beside it or in a folder below).
"""

import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest

import reference
from comparison import is_same
from harness import WITH_DATA_TESTS

FOLDER = os.environ.get("AGENT_KPIS_REAL_RUNS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="AGENT_KPIS_REAL_RUNS names no folder with recorded runs")

# How the file calls what stands in other places of the marts.
OTHER_NAMES = {"mean": "first_response_time_mean", "p95": "first_response_time_p95"}
LATER = "2026-02-19"


@pytest.fixture(scope="module")
def values():
    return json.loads((Path(FOLDER) / "expected_values.json").read_text())


@pytest.fixture(scope="module")
def raw_path():
    return next(Path(FOLDER).rglob("work_items.parquet")).parent


@pytest.fixture(scope="module")
def build(harness, raw_path):
    built = harness.build(raw_path, kinds=WITH_DATA_TESTS)
    assert built.success, built.failures
    return built


@pytest.fixture(scope="module")
def later_build(harness, raw_path):
    built = harness.build(raw_path, vars={"data_as_of": LATER})
    assert built.success, built.failures
    return built


def expected_measures(by_agent):
    """[(agent, metric, part, value)] of what the file gives as metrics."""
    measures = []
    for agent_id, metrics in by_agent.items():
        for metric_id, parts in metrics.items():
            if not isinstance(parts, dict):
                continue
            for part, value in parts.items():
                if part in OTHER_NAMES:
                    measures.append((agent_id, OTHER_NAMES[part], "value", value))
                else:
                    measures.append((agent_id, metric_id, part, value))
    return measures


def wrong_measures(by_agent, periods, measured):
    found = []
    for agent_id, metric_id, part, value in expected_measures(by_agent):
        for grain, start in periods.items():
            row = measured.get((metric_id, grain, date.fromisoformat(start), agent_id))
            if row is None and not value:
                continue
            if row is None or not is_same(value, row[part]):
                found.append(f"{metric_id} {part} {grain} {agent_id}: {row and row[part]!r}, not {value!r}")
    return found


def measured(build):
    return {
        (row["metric_id"], row["grain"], row["period_start"], row["agent_id"]): row
        for row in build.mart("fct_metric_values")
    }


def test_every_metric(build, values):
    assert not wrong_measures(values["total"], values["periods"], measured(build))


def test_every_metric_once_conversations_are_mature(later_build, values):
    assert not wrong_measures(values["with_data_as_of_2026_02_19"], values["periods"], measured(later_build))


def test_counts_of_items_calls_and_messages(build, values):
    for agent_id, wanted in values["total"].items():
        where = "true" if agent_id == "all" else f"agent_id = '{agent_id}'"
        [items] = build.query(
            f"""
            select
                count(closed_at) as items_closed,
                sum(case when outcome = 'ai_confirmed' then 1 else 0 end) as outcome_ai_confirmed,
                sum(case when outcome = 'human_after_escalation' then 1 else 0 end)
                    as outcome_human_after_escalation,
                sum(case when outcome = 'abandoned_after_escalation' then 1 else 0 end)
                    as outcome_abandoned_after_escalation,
                sum(case when outcome = 'abandoned' then 1 else 0 end) as outcome_abandoned,
                sum(case when is_completed_outcome then 1 else 0 end) as completed_outcomes,
                sum(case when is_processed then 1 else 0 end) as processed
            from marts.fct_work_items where {where}
            """
        )
        [calls] = build.query(
            f"""
            select
                count(*) as api_calls,
                sum(case when total_tokens is null then 1 else 0 end) as calls_without_tokens,
                sum(case when cost is null then 1 else 0 end) as calls_without_cost,
                sum(input_tokens) as input_tokens,
                sum(cache_read_tokens) as cache_read_tokens,
                sum(cache_write_tokens) as cache_write_tokens,
                sum(output_tokens) as output_tokens,
                sum(total_tokens) as total_tokens,
                sum(cost) as api_cost
            from marts.fct_api_calls where {where}
            """
        )
        [conversations] = build.query(
            f"""
            select
                count(*) as conversations_started,
                count(closed_at) as conversations_closed,
                sum(ai_messages) as ai_messages,
                sum(customer_messages) as customer_messages
            from marts.fct_conversations where {where}
            """
        )
        seen = items | calls | conversations
        wrong = {name: (seen[name], wanted[name]) for name in seen if not is_same(wanted[name], seen[name])}
        assert not wrong, f"{agent_id}: {wrong}"


@pytest.mark.parametrize("kind", ["confirmed", "abandoned"])
def test_deflected_conversations_by_kind(later_build, values, kind):
    for agent_id, wanted in values["with_data_as_of_2026_02_19"].items():
        where = "true" if agent_id == "all" else f"agent_id = '{agent_id}'"
        [row] = later_build.query(
            f"select count(*) as n from marts.fct_conversations where deflection_kind = '{kind}' and {where}"
        )
        assert row["n"] == wanted[f"deflected_{kind}"]


@pytest.mark.parametrize("mart", ["audit_rejected_records", "audit_unpriced_calls"])
def test_nothing_was_set_aside(build, mart):
    assert build.mart(mart) == []


def test_no_reference_is_orphaned(build):
    assert [row for row in build.mart("audit_orphaned_references") if row["orphaned_rows"]] == []


def test_row_counts_and_as_of_time(build, values):
    counts = {row["source_table"]: row for row in build.mart("audit_raw_row_counts")}
    for name, rows in values["rows"].items():
        assert counts[name]["rows_read"] == counts[name]["rows_kept"] == rows


def test_what_was_never_measured_is_unknown(build):
    """Seven tables are missing, and no settings row names these agents: NULL, never 0."""
    unknown = {
        "margin_contribution",
        "headcount_equivalent_saved",
        "review_minutes_per_escalation",
        "csat_delta",
        "csat_ai",
        "csat_human",
        "negative_sentiment",
        "kb_hit_rate",
        "edit_feedback_rate",
        "cost_variance_vs_forecast",
    }
    found = [key for key, row in measured(build).items() if key[0] in unknown and row["value"] is not None]
    assert not found


def test_the_reference_agrees_with_the_recorded_values(raw_path, values):
    """The oracle of the other tests, held against values that come from neither it nor the SQL."""
    raw = read_parquet_as_text(raw_path)
    for as_of, part in ((None, "total"), (datetime.fromisoformat(LATER), "with_data_as_of_2026_02_19")):
        result = reference.compute(raw, {}, reference.Options(data_as_of=as_of))
        rows = {
            key: {"value": m.value, "numerator": m.numerator, "denominator": m.denominator}
            for key, m in result.measures.items()
        }
        assert not wrong_measures(values[part], values["periods"], rows)


def read_parquet_as_text(folder):
    import duckdb

    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    raw = {}
    for path in sorted(Path(folder).glob("*.parquet")):
        cursor = connection.execute(
            "select columns(*)::varchar from read_parquet($path)", {"path": str(path)}
        )
        names = [column[0] for column in cursor.description]
        raw[path.stem] = [dict(zip(names, row)) for row in cursor.fetchall()]
    connection.close()
    return raw
