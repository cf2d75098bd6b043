"""What the page shows, read from the marts and made small.

Numbers are kept by column, series that never change as one number, periods only the latest ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import _attention
import _wording
from _attention import add_months
from _inputs import metric_order
from _marts import Query, Row

GRAINS = ("week", "month")
PERIODS_SHOWN = {"week": 60, "month": 36}
# Letters of the statuses along a series; a blank stands for an incomplete period.
STATUS_LETTERS = {
    "no_data": "n",
    "alarm": "a",
    "suspicious": "s",
    "drifting": "d",
    "off_target": "o",
    "on_target": "t",
    "no_target": "-",
}
SERIES = (
    "value",
    "ci_low",
    "ci_high",
    "moving_average_4",
    "target_low",
    "target_high",
    "alarm_low",
    "alarm_high",
    "forecast_value",
)
SCORECARD = (
    "metric_id",
    "grain",
    "agent_id",
    "value",
    "ci_low",
    "ci_high",
    "month_over_month_change_pct",
    "year_over_year_change_pct",
    "target_low",
    "target_high",
    "forecast_value",
    "drift_vs_target_pct",
    "drift_vs_forecast_pct",
    "is_significant",
    "status",
    "missing_cost_layers",
)


def page_data(query: Query) -> dict[str, Any]:
    run = query("select * from marts.audit_run")[0]
    periods = shown_periods(query, run["as_of_date"])
    scorecard = query("select * from marts.rpt_scorecard")
    month = _attention.latest_complete_month(query)
    return {
        "run": run,
        "wording": {
            "decimals": _wording.DECIMALS,
            "states": _wording.STATES,
            "effects": _wording.EFFECTS,
            "layers": _wording.LAYERS,
            "letters": {letter: status for status, letter in STATUS_LETTERS.items()},
        },
        "metrics": in_registry_order(query("select * from settings.metric_definitions")),
        "agents": ordered(query("select * from marts.dim_agents"), "agent_id"),
        "versions": ordered(
            query("select * from marts.rpt_agent_versions"), "agent_id", "first_seen_date", "agent_version"
        ),
        "periods": periods,
        "scorecard_periods": {
            row["grain"]: {"start": row["period_start"], "is_complete": row["is_complete"]}
            for row in scorecard
        },
        "scorecard": table(scorecard, SCORECARD),
        "trends": {grain: trends(query, grain, periods[grain]) for grain in GRAINS},
        "layers": {grain: by_period(query, "rpt_costs_by_layer", grain, periods[grain]) for grain in GRAINS},
        "missing_layers": missing_layers(query, periods),
        "escalations": rows_of(
            query,
            "rpt_escalations_by_reason",
            "grain = 'month'",
            "period_start, agent_id, reason, initiated_by, escalations, share_pct",
        ),
        "surveys": rows_of(query, "rpt_survey_coverage", "true", "*"),
        "segments": segments(query, month),
        "variance": rows_of(query, "rpt_cost_variance_drivers", "is_complete", "*"),
        "api_drivers": rows_of(query, "rpt_api_cost_drivers", "is_complete", "*"),
        "profit": rows_of(query, "rpt_agent_pnl", f"month <= date '{periods['month'][-1]['start']}'", "*"),
        "scenarios": rows_of(query, "rpt_roi_scenarios", "true", "*"),
        "invoices": rows_of(query, "rpt_llm_invoice_reconciliation", "true", "*"),
        "quality": quality(query),
        "attention": _attention.attention(query, month) if month else None,
    }


def ordered(rows: list[Row], *keys: str) -> list[Row]:
    """Sorted here, since engines sort text by different rules."""
    return sorted(rows, key=lambda row: [row[key] for key in keys])


def in_registry_order(rows: list[Row]) -> list[Row]:
    order = metric_order()
    return sorted(rows, key=lambda row: order.index(row["metric_id"]))


def shown_periods(query: Query, as_of_date: str | None) -> dict[str, list[Row]]:
    """The latest periods that have begun, also those without activity; a bill may run ahead of the data."""
    begun = f"and period_start <= date '{as_of_date}'" if as_of_date else ""
    shown = {}
    for grain in GRAINS:
        rows = query(
            f"""
            select period_start as start, is_complete
            from marts.rpt_metric_trends
            where grain = '{grain}' {begun}
            group by period_start, is_complete
            order by period_start
            """
        )
        shown[grain] = without_gaps(rows, grain)
    return shown


def without_gaps(rows: Sequence[Row], grain: str) -> list[Row]:
    """A period nobody worked in keeps its place on the axis. Only the last one may be incomplete."""
    if not rows:
        return []
    known = {row["start"]: row["is_complete"] for row in rows}
    starts = [rows[-1]["start"]]
    while len(starts) < PERIODS_SHOWN[grain] and starts[-1] > rows[0]["start"]:
        starts.append(period_before(starts[-1], grain))
    return [{"start": start, "is_complete": known.get(start, True)} for start in reversed(starts)]


def period_before(start: str, grain: str) -> str:
    return (
        (date.fromisoformat(start) - timedelta(days=7)).isoformat()
        if grain == "week"
        else add_months(start, -1)
    )


def trends(query: Query, grain: str, periods: Sequence[Row]) -> dict[str, dict[str, dict[str, Any]]]:
    """Series by metric and agent, along the periods shown."""
    if not periods:
        return {}
    rows = query(
        f"""
        select metric_id, agent_id, period_start, status, {", ".join(SERIES)}
        from marts.rpt_metric_trends
        where grain = '{grain}'
            and period_start between date '{periods[0]["start"]}' and date '{periods[-1]["start"]}'
        order by metric_id, agent_id, period_start
        """
    )
    position = {period["start"]: index for index, period in enumerate(periods)}
    series: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        of_agent = series.setdefault(row["metric_id"], {}).setdefault(row["agent_id"], {})
        if not of_agent:
            of_agent |= {name: [None] * len(periods) for name in SERIES} | {"status": [" "] * len(periods)}
        at = position[row["period_start"]]
        for name in SERIES:
            of_agent[name][at] = exact(row[name]) if name == "value" else short(row[name])
        of_agent["status"][at] = STATUS_LETTERS.get(row["status"], " ")
    return {
        metric: {agent: packed(of_agent) for agent, of_agent in agents.items()}
        for metric, agents in series.items()
    }


def packed(series: dict[str, list[Any]]) -> dict[str, Any]:
    """Without what is empty; a series of one value throughout as that value."""
    small: dict[str, Any] = {"status": "".join(series["status"])}
    for name in SERIES:
        values = series[name]
        if all(value is None for value in values):
            continue
        is_constant = name != "value" and all(value == values[0] for value in values)
        small[name] = values[0] if is_constant else values
    return small


def short(value: float | None) -> Any:
    """Seven digits: more than a chart or a label can show."""
    return exact(value, 7)


def by_period(query: Query, mart: str, grain: str, periods: Sequence[Row]) -> dict[str, dict[str, list[Any]]]:
    """Cost by agent and layer, along the periods shown; NULL where the period has no such cost."""
    if not periods:
        return {}
    position = {period["start"]: index for index, period in enumerate(periods)}
    series: dict[str, dict[str, list[Any]]] = {}
    for row in query(
        f"select agent_id, period_start, cost_layer, cost from marts.{mart} where grain = '{grain}'"
    ):
        if row["period_start"] in position:
            of_layer = series.setdefault(row["agent_id"], {}).setdefault(
                row["cost_layer"], [None] * len(periods)
            )
            of_layer[position[row["period_start"]]] = exact(row["cost"])
    return series


def missing_layers(query: Query, periods: dict[str, list[Row]]) -> dict[str, list[str | None]]:
    rows = query(
        "select grain, period_start, missing_cost_layers from marts.fct_agent_kpis where agent_id = 'all'"
    )
    found = {(row["grain"], row["period_start"]): row["missing_cost_layers"] for row in rows}
    return {grain: [found.get((grain, period["start"])) for period in periods[grain]] for grain in GRAINS}


def segments(query: Query, month: str | None) -> dict[str, Any]:
    if month is None:
        return table([], ())
    return rows_of(query, "rpt_segments", f"month = date '{month}'", "*")


def quality(query: Query) -> dict[str, Any]:
    """What was set aside, and why."""
    counted = {
        "rejected": "select source_table, reasons, count(*) as rows"
        " from marts.audit_rejected_records group by 1, 2",
        "unpriced": "select provider, model, reason, count(*) as calls"
        " from marts.audit_unpriced_calls group by 1, 2, 3",
        "excluded": "select source_system, rule, action, calls from marts.audit_excluded_calls",
        "orphaned": "select source_table, reference_column, orphaned_rows"
        " from marts.audit_orphaned_references",
        "missing_tables": "select table_name, metrics_without_value from marts.audit_missing_tables",
        "unknown_settings": "select settings_table, agent_id from marts.audit_unknown_settings_agents",
        "suspected_bills": "select vendor, service, amount, currency from marts.audit_suspected_llm_bills",
        "raw_rows": "select * from marts.audit_raw_row_counts",
    }
    return {name: table(query(sql)) for name, sql in counted.items()}


def rows_of(query: Query, mart: str, condition: str, columns: str) -> dict[str, Any]:
    return table(query(f"select {columns} from marts.{mart} where {condition}"))


def table(rows: Sequence[Row], columns: Iterable[str] | None = None) -> dict[str, Any]:
    """Column names once, then the values row by row; no more digits than a double can tell apart in money."""
    names = list(columns if columns is not None else rows[0] if rows else ())
    return {"columns": names, "rows": [[exact(row[name]) for name in names] for row in rows]}


def exact(value: Any, digits: int = 12) -> Any:
    if isinstance(value, float):
        rounded = float(f"{value:.{digits}g}")
        return int(rounded) if rounded == int(rounded) and abs(rounded) < 1e15 else rounded
    return value
