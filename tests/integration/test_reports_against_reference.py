"""Trends, scorecard, breakdowns, variance, profit and loss, support reports: what the reference computes."""

import pytest

from comparison import differences, plain, shown
from conftest import ZONES, only_for_the_usual_data
from reference import breakdowns, profit, support, trends, variance

PERIOD = ("grain", "period_start", "agent_id")
MONTH = ("month", "agent_id")


def never(row):
    return False


def is_empty(*columns):
    """A row may be left out where all of these are 0 or NULL: nothing happened there."""
    return lambda row: not any(row[column] for column in columns)


# mart: (the reference's rows, key, which rows either side may lack)
REPORTS = {
    "rpt_escalations_by_reason": (
        breakdowns.escalations_by_reason,
        (*PERIOD, "reason", "initiated_by"),
        never,
    ),
    "rpt_retries_by_failure_type": (breakdowns.retries_by_failure_type, (*PERIOD, "error_type"), never),
    "rpt_costs_by_layer": (breakdowns.costs_by_layer, (*PERIOD, "cost_layer"), lambda row: row["cost"] == 0),
    "rpt_usage_by_model": (breakdowns.usage_by_model, (*PERIOD, "provider", "model"), never),
    "rpt_segments": (breakdowns.segments, (*MONTH, "dimension", "segment"), never),
    "rpt_cost_variance_drivers": (
        variance.variance_drivers,
        (*MONTH, "comparison"),
        is_empty("base_cost_per_outcome", "base_cost_usd"),
    ),
    "rpt_agent_pnl": (profit.agent_pnl, MONTH, never),
    "rpt_roi_scenarios": (profit.roi_scenarios, ("scenario_id",), never),
    "rpt_survey_coverage": (support.survey_coverage, (*MONTH, "ending"), is_empty("closed_conversations")),
    "rpt_resolution_by_policy": (
        support.resolution_by_policy,
        (*PERIOD, "policy_id"),
        is_empty("denominator"),
    ),
    "rpt_llm_invoice_reconciliation": (support.llm_invoice_reconciliation, ("month", "provider"), never),
    "rpt_operations_per_minute": (support.operations_per_minute, ("minute_start", "agent_id"), never),
}


@pytest.mark.parametrize("mart", REPORTS)
def test_report(build, expected, mart):
    rows, key, may_miss = REPORTS[mart]
    found = differences(rows(expected), build.mart(mart), key, may_miss=may_miss)
    assert not found, shown(found)


@pytest.fixture(scope="module")
def wanted_trends(build, expected):
    """Of the metric values that have a row: those of nothing may lack it, and then no trend sees them."""
    key = ("metric_id", *PERIOD)
    standing = {tuple(plain(row[column]) for column in key) for row in build.mart("fct_metric_values")}
    return trends.trends(expected, standing.__contains__)


@pytest.mark.parametrize("mart", ["rpt_metric_trends", "rpt_scorecard"])
def test_trends(build, expected, wanted_trends, mart):
    wanted = wanted_trends if mart == "rpt_metric_trends" else trends.scorecard(expected, wanted_trends)
    found = differences(wanted, build.mart(mart), ("metric_id", *PERIOD))
    assert not found, shown(found)


def test_effects_sum_to_the_variance(build):
    """To a billionth, in unit cost and in money."""
    found = []
    for row in build.mart("rpt_cost_variance_drivers"):
        for ending in ("", "_usd"):
            names = (*variance.EFFECTS, "forecast_gap", "mix_effect")
            effects = [row[f"{name}{ending}"] for name in names]
            total = row[f"total_variance{ending}"]
            if None in effects or total is None:
                continue
            rest = [float(row[f"residual{ending}"]), float(total) - sum(map(float, effects))]
            if max(map(abs, rest)) >= 1e-9:
                found.append(f"{row['month']} {row['agent_id']} {row['comparison']}{ending}: {rest}")
    assert not found, shown(found)


@only_for_the_usual_data
def test_the_data_hold_what_they_are_for(dirty):
    """Each rule is met somewhere; the comparison proves little if the settings lost their teeth."""
    rows = [(zone, row) for zone in ZONES for row in trends.trends(dirty.expected(zone))]
    assert {row["status"] for _, row in rows} == {
        None,
        "no_data",
        "alarm",
        "suspicious",
        "drifting",
        "off_target",
        "on_target",
        "no_target",
    }
    assert {row["drift_direction"] for _, row in rows} == {None, "better", "worse"}
    assert {(row["is_significant"], row["ci_low"] is None) for _, row in rows} == {
        (significant, without) for significant in (True, False) for without in (True, False)
    }
    for column in ("year_over_year_change_pct", "forecast_value", "drift_vs_forecast_pct", "rolling_4_value"):
        is_filled = any(row[column] is not None for _, row in rows)
        assert is_filled or column == "year_over_year_change_pct", column
    months = [row for zone in ZONES for row in profit.agent_pnl(dirty.expected(zone))]
    assert {row["lifecycle_state"] for row in months} == {
        None,
        "onboarding",
        "performing",
        "watch",
        "performance_plan",
        "retire",
        "retired",
        "not_rated",
    }
    assert any(row["payback_month"] for row in months)
    effects = [row for zone in ZONES for row in variance.variance_drivers(dirty.expected(zone))]
    assert {row["comparison"] for row in effects} == {"previous_month", "forecast", "second"}
    for column in (*variance.EFFECTS, "forecast_gap", "mix_effect"):
        assert any(row[column] for row in effects if row["agent_id"] == "all"), column
        if column != "completion_yield_effect":
            assert any(row[f"{column}_usd"] for row in effects if row["agent_id"] == "all"), column
    assert any(row["volume_effect"] is None and row["volume_effect_usd"] is not None for row in effects)
    assert any(row["is_biased"] for zone in ZONES for row in support.survey_coverage(dirty.expected(zone)))
    assert any(
        row["share_pct"] is None for zone in ZONES for row in breakdowns.costs_by_layer(dirty.expected(zone))
    )
