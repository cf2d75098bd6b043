"""The monthly business review: what stands in its sheets, read from the marts of one month."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import _attention
from _inputs import metric_order
from _marts import Query, Row
from _setup import stop
from _wording import EFFECTS, LAYERS, STATES, month_name

# Kinds of columns: how a sheet shows them. `by_unit` follows the unit of the row.
TEXT, COUNT, MONEY, RATIO, PERCENT, DATE, YES_NO, BY_UNIT = (
    "text",
    "count",
    "money",
    "ratio",
    "percent",
    "date",
    "yes_no",
    "by_unit",
)


@dataclass
class Column:
    """One column of a sheet: the mart's column, its heading, how it is shown, and a note on the heading."""

    name: str
    head: str
    kind: str = TEXT
    note: str | None = None
    width: int = 13


@dataclass
class Sheet:
    """A table with a heading; `file` names its CSV file."""

    file: str
    title: str
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)


def chosen_month(query: Query, given: str | None) -> str:
    """The first day of the month asked for, else of the latest complete one."""
    months = [
        row["month"]
        for row in query("select distinct month from marts.rpt_agent_pnl where is_complete order by month")
    ]
    if not months:
        stop("No month is complete yet, so there is nothing to review.")
    if given is None:
        return str(months[-1])
    if f"{given}-01" not in months:
        stop(f"{given} is no complete month of the data; those are {months[0][:7]} to {months[-1][:7]}.")
    return f"{given}-01"


def sheets(query: Query, month: str) -> list[Sheet]:
    definitions = query("select * from settings.metric_definitions")
    definitions.sort(key=lambda row: metric_order().index(row["metric_id"]))
    notes = {row["metric_id"]: row["description"] for row in definitions}
    order = {row["metric_id"]: at for at, row in enumerate(definitions)}
    return [
        scorecard(query, month, order),
        profit_and_loss(query, month, notes),
        variance(query, month),
        breakdown(
            query,
            month,
            "rpt_costs_by_layer",
            "costs_by_layer",
            "Cost by layer",
            "cost_layer",
            [Column("cost", "Cost, USD", MONEY)],
        ),
        breakdown(
            query,
            month,
            "rpt_escalations_by_reason",
            "escalations_by_reason",
            "Escalations by reason",
            "reason, initiated_by",
            [Column("escalations", "Escalations", COUNT)],
        ),
        breakdown(
            query,
            month,
            "rpt_retries_by_failure_type",
            "retries_by_failure_type",
            "Retries by failure type",
            "error_type",
            [Column("retried_calls", "Retried calls", COUNT)],
        ),
        breakdown(
            query,
            month,
            "rpt_usage_by_model",
            "usage_by_model",
            "Usage by model",
            "provider, model",
            [
                Column("api_calls", "Calls", COUNT),
                Column("input_tokens", "Input tokens", COUNT),
                Column("cache_read_tokens", "Cache read tokens", COUNT),
                Column("cache_write_tokens", "Cache write tokens", COUNT),
                Column("output_tokens", "Output tokens", COUNT),
                Column("cost", "Cost, USD", MONEY),
            ],
        ),
        segments(query, month, notes),
        data_quality(query),
        definition_sheet(definitions),
    ]


def scorecard(query: Query, month: str, order: dict[str, int]) -> Sheet:
    rows = query(
        f"""
        select definitions.metric_set, definitions.category, definitions.name, definitions.unit,
            definitions.description, guards.name as guard_name, trends.*, kpis.missing_cost_layers
        from marts.rpt_metric_trends as trends
        inner join settings.metric_definitions as definitions on trends.metric_id = definitions.metric_id
        left join settings.metric_definitions as guards on trends.guard_metric_id = guards.metric_id
        left join marts.fct_agent_kpis as kpis
            on trends.grain = kpis.grain and trends.period_start = kpis.period_start
            and trends.agent_id = kpis.agent_id
        where trends.grain = 'month' and trends.period_start = date '{month}'
        """
    )
    rows.sort(key=lambda row: (order[row["metric_id"]], row["agent_id"] == "all", row["agent_id"]))
    change = "Percent of the size of the earlier value."
    bound = "Empty: no bound on this side, or not yet."
    columns = [
        Column("metric_set", "Set", width=11),
        Column("category", "About", width=12),
        Column(
            "name",
            "Metric",
            width=36,
            note="Definitions are on the last sheet, and as a note on the first row of each metric.",
        ),
        Column("unit", "Unit", width=9),
        Column("agent_id", "Agent", width=19),
        Column("value", "Value", BY_UNIT, "Empty: unknown, which is not 0."),
        Column(
            "status",
            "Status",
            note="First that holds: no_data, alarm, suspicious, drifting, off_target, on_target, no_target.",
        ),
        Column("target_low", "Target from", BY_UNIT, bound),
        Column("target_high", "Target to", BY_UNIT, bound),
        Column("alarm_low", "Alarm below", BY_UNIT, bound),
        Column("alarm_high", "Alarm above", BY_UNIT, bound),
        Column("forecast_value", "Forecast", BY_UNIT),
        Column("drift_vs_target_pct", "Off target, %", PERCENT, "Percent of the missed bound; 0 inside."),
        Column("drift_vs_forecast_pct", "Off forecast, %", PERCENT),
        Column(
            "is_significant", "Significant", YES_NO, "yes: outside the target for more reasons than chance."
        ),
        Column("ci_low", "95 % from", BY_UNIT),
        Column("ci_high", "95 % to", BY_UNIT),
        Column("previous_value", "Month before", BY_UNIT),
        Column("month_over_month_change_pct", "On month before, %", PERCENT, change),
        Column("year_over_year_change_pct", "On year before, %", PERCENT, change),
        Column("moving_average_4", "Mean of four months", BY_UNIT),
        Column("guard_name", "Read with", width=28, note="The metric that must be read with this one."),
        Column("guard_value", "Its value", RATIO),
        Column(
            "missing_cost_layers",
            "Missing cost layers",
            width=18,
            note="Cost of the month lacks these layers and looks too low.",
        ),
    ]
    return Sheet("scorecard", "Scorecard", columns, rows)


def profit_and_loss(query: Query, month: str, notes: dict[str, str]) -> Sheet:
    rows = query(f"select * from marts.rpt_agent_pnl where month = date '{month}'")
    states = list(STATES)
    rows.sort(
        key=lambda row: (
            row["agent_id"] == "all",
            states.index(row["lifecycle_state"] or states[-1]),
            row["agent_id"],
        )
    )
    columns = [
        Column("agent_id", "Agent", width=19),
        Column(
            "lifecycle_state",
            "State",
            width=17,
            note="onboarding, performing, watch, performance_plan, retire, retired, not_rated.",
        ),
        Column("breached_rules", "Rules broken", width=34),
        Column("state_since", "Since", DATE),
        Column(
            "months_since_deployment", "Month of life", COUNT, "The calendar month of deployment is month 1."
        ),
        Column("completed_outcomes", "Outcomes", COUNT, notes["completed_outcomes"]),
        Column("recorded_value", "Recorded value", MONEY),
        Column(
            "imputed_value",
            "Avoided cost",
            MONEY,
            "Baseline cost of AI-resolved items without a recorded value.",
        ),
        Column("total_value", "Value", MONEY),
        *(Column(f"{layer}_cost", f"{label} cost", MONEY) for layer, label in LAYERS.items()),
        Column("total_cost", "Cost", MONEY, notes["total_cost"]),
        Column("margin", "Margin", MONEY, notes["margin_contribution"]),
        Column("margin_pct", "Margin, %", PERCENT, "Percent of the value."),
        Column("cumulative_margin", "Margin since deployment", MONEY),
        Column(
            "payback_month",
            "Paid back in",
            DATE,
            "First month in which the margin since deployment covers the implementation cost.",
        ),
        Column("cost_per_outcome", "Cost per outcome", MONEY, notes["cost_per_outcome"]),
        Column("baseline_cost_per_outcome", "Human baseline", MONEY),
        Column("cost_vs_baseline_pct", "In % of baseline", PERCENT),
        Column("outcomes_per_day", "Outcomes a day", RATIO),
        Column("productivity_target_per_day", "Target a day", RATIO),
        Column("productivity_attainment_pct", "In % of target", PERCENT),
        Column(
            "first_touch_resolution_rate", "First touch, %", PERCENT, notes["first_touch_resolution_rate"]
        ),
        Column("escalation_rate", "Escalated, %", PERCENT, notes["escalation_rate"]),
        Column("csat_delta", "Satisfaction, AI − human", PERCENT, notes["csat_delta"]),
        Column("headcount_equivalent_saved", "FTE in money", RATIO, notes["headcount_equivalent_saved"]),
        Column(
            "capacity_equivalent_saved",
            "FTE in minutes",
            RATIO,
            "Minutes avoided less minutes added, over what an employee works in a year.",
        ),
        Column("missing_cost_layers", "Missing cost layers", width=18),
    ]
    return Sheet("profit_and_loss", "Profit and loss", columns, rows)


def variance(query: Query, month: str) -> Sheet:
    rows = query(f"select * from marts.rpt_cost_variance_drivers where month = date '{month}'")
    rows.sort(key=lambda row: (row["agent_id"] == "all", row["agent_id"], row["comparison"]))
    unknown = "Empty where the forecast names no drivers, or one side has no outcome."

    def effects(ending: str, unit: str) -> list[Column]:
        return [
            Column(f"{effect}{ending}", f"{label}, {unit}", MONEY, unknown)
            for effect, label in EFFECTS.items()
        ]

    columns = [
        Column("agent_id", "Agent", width=19),
        Column("comparison", "Against", width=16),
        Column("base_cost_per_outcome", "Base, USD per outcome", MONEY),
        *effects("", "USD per outcome"),
        Column("actual_cost_per_outcome", "Actual, USD per outcome", MONEY),
        Column("total_variance", "Change, USD per outcome", MONEY, "The sum of the drivers."),
        Column("base_cost_usd", "Base, USD", MONEY),
        *effects("_usd", "USD"),
        Column("actual_cost_usd", "Actual, USD", MONEY),
        Column("total_variance_usd", "Change, USD", MONEY, "The sum of the drivers."),
    ]
    return Sheet("variance", "Why cost moved", columns, rows)


def breakdown(
    query: Query, month: str, mart: str, file: str, title: str, keys: str, measures: list[Column]
) -> Sheet:
    """One mart of parts: the largest part of each agent first."""
    rows = query(f"select * from marts.{mart} where grain = 'month' and period_start = date '{month}'")
    size = measures[-1].name
    rows.sort(
        key=lambda row: (
            row["agent_id"] == "all",
            row["agent_id"],
            -(row[size] or 0),
            *(row[key] or "" for key in keys.split(", ")),
        )
    )
    columns = [
        Column("agent_id", "Agent", width=19),
        *(Column(key, key.replace("_", " ").capitalize(), width=22) for key in keys.split(", ")),
        *measures,
        Column("share_pct", "Share, %", PERCENT, "Of the agent's total of the month."),
    ]
    return Sheet(file, title, columns, rows)


def segments(query: Query, month: str, notes: dict[str, str]) -> Sheet:
    rows = query(f"select * from marts.rpt_segments where month = date '{month}'")
    rows.sort(
        key=lambda row: (
            row["agent_id"] == "all",
            row["agent_id"],
            row["dimension"],
            -(row["processed_items"] or 0),
            row["segment"],
        )
    )
    columns = [
        Column("agent_id", "Agent", width=19),
        Column("dimension", "By", width=16),
        Column("segment", "Segment", width=22),
        Column("processed_items", "Items", COUNT, notes["processed_items"]),
        Column(
            "first_touch_resolution_rate", "First touch, %", PERCENT, notes["first_touch_resolution_rate"]
        ),
        Column("escalation_rate", "Escalated, %", PERCENT, notes["escalation_rate"]),
        Column("return_rate_24h", "Returned, %", PERCENT, notes["return_rate_24h"]),
        Column("csat", "Rating, 1–5", RATIO, "Mean answered rating."),
        Column("cost_per_outcome", "Cost per outcome", MONEY, notes["cost_per_outcome"]),
    ]
    return Sheet("segments", "Segments", columns, rows)


def data_quality(query: Query) -> Sheet:
    rows = query("select * from marts.audit_raw_row_counts")
    rows.sort(key=lambda row: row["source_table"])
    columns = [
        Column("source_table", "Table", width=20),
        Column("rows_read", "Read", COUNT),
        Column("rows_kept", "Kept", COUNT),
        Column("rows_superseded", "Replaced", COUNT, "Valid rows of which a later version stands."),
        Column(
            "rows_rejected",
            "Rejected",
            COUNT,
            "Rows that break a rule; audit_rejected_records lists each with its reasons.",
        ),
        Column("rows_duplicate", "Duplicate", COUNT, "Rows of an event that another system gave too."),
        Column("rows_excluded", "Left out", COUNT, "Rows set aside by a rule of an adapter."),
    ]
    return Sheet("data_quality", "Data quality", columns, rows)


def definition_sheet(definitions: list[Row]) -> Sheet:
    columns = [
        Column("metric_id", "Id", width=28),
        Column("name", "Metric", width=34),
        Column("metric_set", "Set", width=11),
        Column("category", "About", width=12),
        Column("unit", "Unit", width=9),
        Column("better", "Better", width=9),
        Column("description", "What it says", width=110),
        Column("numerator", "Numerator", width=34),
        Column("denominator", "Denominator", width=34),
        Column("guard_metric_id", "Read with", width=24),
    ]
    return Sheet("definitions", "Definitions", columns, definitions)


@dataclass
class Review:
    """Everything the review of a month holds."""

    month: str
    run: Row
    attention: dict[str, Any]
    sheets: list[Sheet]

    @property
    def title(self) -> str:
        return f"Agent KPIs, {month_name(self.month)}"

    def sheet(self, file: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.file == file)


def read_review(query: Query, given_month: str | None) -> Review:
    month = chosen_month(query, given_month)
    run = query("select * from marts.audit_run")[0]
    return Review(month, run, _attention.attention(query, month), sheets(query, month))
