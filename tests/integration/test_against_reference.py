"""The marts hold what the independent reference computes from the same dirty raw tables."""

import json
from datetime import date

import pytest

from comparison import by_key, count_differences, differences, is_same, plain, shown
from conftest import only_for_the_usual_data
from reference import marts
from reference.contract import PERSONAL_COLUMNS, TABLES
from reference.metrics import METRIC_IDS
from reference.values import cleaned


def test_build_and_its_own_tests_succeed(build):
    assert build.success, "\n".join(build.failures)


def test_rejected_records(build, expected):
    def identity(row):
        return row["source_table"], row["record_key"], row["reasons"], plain(row["loaded_at"])

    found = count_differences(
        map(identity, marts.audit_rejected_records(expected)),
        map(identity, build.mart("audit_rejected_records")),
    )
    assert not found, shown(found)


def test_rejected_records_show_the_raw_row(build, dirty, zone):
    people = {
        cleaned(row.get(column))
        for rows in dirty.raw(zone).values()
        for row in rows
        for column in PERSONAL_COLUMNS
        if row.get(column)
    }
    found = []
    for row in build.mart("audit_rejected_records"):
        record = row["raw_record"]
        shown_row = record if isinstance(record, dict) else json.loads(record)
        if set(shown_row) != set(TABLES[row["source_table"]].column_names()):
            found.append(f"{row['source_table']} {row['record_key']}: columns {sorted(shown_row)}")
        found += [
            f"{row['source_table']} {row['record_key']}: {column} is not hashed"
            for column in PERSONAL_COLUMNS
            if cleaned(shown_row.get(column)) in people - {None}
        ]
    assert not found, shown(found)


def test_raw_row_counts(build, expected):
    found = differences(
        marts.audit_raw_row_counts(expected), build.mart("audit_raw_row_counts"), key=("source_table",)
    )
    assert not found, shown(found)


def test_unpriced_calls_are_listed(build, expected):
    wanted = [call.api_call_id for call in expected.facts.calls if call.cost_source == "unpriced"]
    found = count_differences(wanted, [row["api_call_id"] for row in build.mart("audit_unpriced_calls")])
    assert not found, shown(found)


def test_orphaned_references_are_counted(build, expected):
    """References without an orphan may be listed too, with 0."""
    counted = {
        (row["source_table"], row["reference_column"]): row["orphaned_rows"]
        for row in build.mart("audit_orphaned_references")
        if row["orphaned_rows"]
    }
    assert counted == expected.orphans


@pytest.mark.parametrize(
    "mart, key",
    [
        ("dim_agents", "agent_id"),
        ("fct_api_calls", "api_call_id"),
        ("fct_conversations", "conversation_id"),
        ("fct_work_items", "work_item_id"),
    ],
)
def test_facts(build, expected, mart, key):
    wanted, seen = getattr(marts, mart)(expected), build.mart(mart)
    columns = [column for column in wanted[0] if column not in (key, "not_deflected_reason")]
    found = differences(wanted, seen, key=(key,), columns=columns)
    assert not found, shown(found)


def test_not_deflected_reason(build, expected):
    """Of the conversations that count for deflection: the first reason, none where it was deflected."""
    wanted = [
        {"conversation_id": key, "not_deflected_reason": conversation.not_deflected_reason}
        for key, conversation in expected.facts.conversations.items()
        if conversation.is_identifiable and conversation.is_mature
    ]
    judged = {row["conversation_id"] for row in wanted}
    seen = [row for row in build.mart("fct_conversations") if row["conversation_id"] in judged]
    found = differences(wanted, seen, key=("conversation_id",))
    assert not found, shown(found)


@pytest.mark.parametrize(
    "mart, key", [("fct_work_items", "work_item_id"), ("fct_conversations", "conversation_id")]
)
def test_customers_are_hashed_one_to_one(build, expected, mart, key):
    records = expected.facts.items if key == "work_item_id" else expected.facts.conversations
    pairs = {(records[row[key]].customer_id, row["customer_key"]) for row in build.mart(mart)}
    known = {pair for pair in pairs if pair != (None, None)}
    assert all(customer is not None and hashed not in (None, customer) for customer, hashed in known)
    assert len(known) == len({customer for customer, _ in known}) == len({hashed for _, hashed in known})


def test_cost_ledger(build, expected):
    sums = {}
    for row in build.mart("fct_cost_ledger"):
        key = tuple(plain(row[column]) for column in marts.LEDGER_KEY)
        sums[key] = sums.get(key, 0) + row["amount"]
    seen = [dict(zip(marts.LEDGER_KEY, key), amount=amount) for key, amount in sums.items()]
    wanted = marts.fct_cost_ledger(expected)
    found = differences(wanted, seen, key=marts.LEDGER_KEY, may_miss=lambda row: row["amount"] == 0)
    assert not found, shown(found)


METRIC_KEY = ("grain", "period_start", "agent_id")


def may_be_left_out(row):
    """Value and denominator both NULL or 0; a forecast or FTE cost of a period without any activity."""
    has_no_value = not row["value"]
    if row["metric_id"] in ("cost_variance_vs_forecast", "headcount_equivalent_saved"):
        return has_no_value
    return has_no_value and not row["denominator"]


@pytest.fixture(scope="module")
def measured(build):
    return by_key(build.mart("fct_metric_values"), ("metric_id",))


@pytest.fixture(scope="module")
def wanted_measures(expected):
    return by_key(marts.fct_metric_values(expected), ("metric_id",))


@pytest.mark.parametrize("metric_id", METRIC_IDS)
def test_metric(measured, wanted_measures, metric_id):
    wanted, seen = wanted_measures[metric_id,], measured.get((metric_id,), [])
    columns = ("metric_set", "value", "numerator", "denominator", "ci_low", "ci_high", "is_complete")
    found = differences(wanted, seen, METRIC_KEY, columns, may_miss=may_be_left_out)
    assert not found, f"{metric_id}: {shown(found)}"


def test_no_metric_beside_the_registry(measured):
    assert {metric for (metric,) in measured} <= set(METRIC_IDS)


def test_wide_marts_equal_the_long_one(build, measured):
    """Every value of the long form stands in one of the wide marts, and the other way round."""
    found = []
    long = {
        (metric, *(plain(row[column]) for column in METRIC_KEY)): row["value"]
        for (metric,), rows in measured.items()
        for row in rows
    }
    seen_metrics = set()
    for mart in ("fct_agent_kpis", "fct_support_metrics"):
        rows = build.mart(mart)
        metrics = [column for column in rows[0] if column in METRIC_IDS]
        seen_metrics |= set(metrics)
        keys = {tuple(plain(row[column]) for column in METRIC_KEY) for row in rows}
        found += [
            f"{mart} lacks {key}"
            for key, value in long.items()
            if key[0] in metrics and key[1:] not in keys and value
        ]
        for row in rows:
            key = tuple(plain(row[column]) for column in METRIC_KEY)
            for metric in metrics:
                wide, listed = plain(row[metric]), plain(long.get((metric, *key)))
                if not is_same(wide, listed, 1e-12) and (wide or listed):
                    found.append(f"{mart} {metric} {key}: {wide!r}, long {listed!r}")
    assert seen_metrics == set(METRIC_IDS)
    assert not found, shown(found)


def test_missing_cost_layers(build, expected):
    found = []
    for row in build.mart("fct_agent_kpis"):
        layers = row["missing_cost_layers"]
        listed = [part.strip() for part in (layers or "").split(",") if part.strip()]
        wanted = expected.metrics.missing_cost_layers(row["grain"], plain(row["period_start"]))
        if listed != wanted:
            found.append(f"{row['grain']} {row['period_start']} {row['agent_id']}: {listed}, not {wanted}")
    assert not found, shown(found)


@only_for_the_usual_data
def test_the_data_hold_what_they_are_for(dirty):
    """The comparison proves little if the dirty data lost their teeth."""
    result = dirty.expected("America/New_York")
    reasons = {
        reason.split(":")[0]
        for staged in result.staged.values()
        for reject in staged.rejects
        for reason in reject.reasons.split(", ")
    }
    assert len(reasons) == 8
    assert {item.outcome for item in result.facts.items.values()} == {
        "excluded",
        "human_only",
        "in_flight",
        "escalated_open",
        "human_after_escalation",
        "ai_after_escalation",
        "abandoned_after_escalation",
        "ai_confirmed",
        "ai_assumed",
        "abandoned",
    }
    conversations = result.facts.conversations.values()
    assert {c.deflection_kind for c in conversations} == {None, "confirmed", "assumed", "abandoned"}
    assert {call.cost_source for call in result.facts.calls} == {"reported", "priced", "unpriced"}
    attributions = {entry.attribution for entry in result.ledger}
    assert attributions == {"direct", "inferred", "allocated", "unattributed"}
    for reference in (("api_calls", "work_item_id"), ("work_items", "agent_id")):
        assert result.orphans.get(reference)
    for metric in METRIC_IDS:
        values = [m.value for key, m in result.measures.items() if key[0] == metric and key[1] == "month"]
        assert any(values), f"{metric} is never anything but NULL or 0"
    assert ("cost_per_outcome", "day", date(2025, 3, 9), "all") in result.measures
