"""The settings seeds: typed rows and the look-ups that depend on a moment."""

import csv
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from .values import cleaned

_NUMBERS = {
    "agent_settings": (
        "baseline_cost_per_outcome",
        "fte_annual_cost",
        "productivity_target_per_day",
        "baseline_minutes_per_outcome",
        "fte_productive_minutes_per_year",
        "implementation_cost",
    ),
    "model_prices": (
        "input_usd_per_million",
        "cache_read_usd_per_million",
        "cache_write_usd_per_million",
        "output_usd_per_million",
    ),
    "reviewer_rates": ("hourly_rate_usd",),
    "currency_rates": ("usd_per_unit",),
    "forecasts": ("value",),
    "metric_targets": (
        "target_low",
        "target_high",
        "alarm_low",
        "alarm_high",
        "suspicious_low",
        "suspicious_high",
        "applies_from_month",
        "alarm_from_month",
    ),
    "retirement_rules": ("bound", "consecutive_months", "from_month"),
    "roi_scenarios": (
        "items_per_month",
        "completion_rate",
        "escalation_rate",
        "api_cost_per_item",
        "review_cost_per_escalation",
        "fixed_cost_per_month",
        "baseline_cost_per_outcome",
        "implementation_cost",
        "fte_annual_cost",
    ),
    "resolution_policies": ("window_hours",),
}
_DATES = ("valid_from", "valid_to", "month")
_NAMES = (
    "agent_settings",
    "model_prices",
    "reviewer_rates",
    "cost_allocation_drivers",
    "handoff_reasons",
    "currency_rates",
    "forecasts",
    "metric_targets",
    "retirement_rules",
    "roi_scenarios",
    "resolution_policies",
    "llm_services",
)


def read_settings(folder):
    """The seeds of a folder of CSV files, as text rows by seed name; a file that is not there is empty."""
    rows = {}
    for name in _NAMES:
        path = Path(folder) / f"{name}.csv"
        rows[name] = []
        if path.exists():
            with path.open(newline="", encoding="utf-8-sig") as file:
                rows[name] = [dict(row) for row in csv.DictReader(file)]
    return rows


def _holds(row, moment):
    """Half-open validity. A timestamp is compared with midnight UTC of the dates, a date with the dates."""
    start, end = row["valid_from"], row["valid_to"]
    if isinstance(moment, datetime):
        start = start and datetime.combine(start, datetime.min.time())
        end = end and datetime.combine(end, datetime.min.time())
    return (start is None or start <= moment) and (end is None or moment < end)


class Settings:
    def __init__(self, text_rows):
        self.rows = {name: [self._typed(name, row) for row in text_rows.get(name, [])] for name in _NAMES}

    @staticmethod
    def _typed(name, text_row):
        row = {column: cleaned(text) for column, text in text_row.items()}
        for column in _DATES:
            if column in row or column in ("valid_from", "valid_to"):
                row[column] = date.fromisoformat(row[column].strip()) if row.get(column) else None
        for column in _NUMBERS.get(name, ()):
            row[column] = Fraction(row[column].strip()) if row.get(column) else None
        return row

    def _first(self, name, moment, **wanted):
        for row in self.rows[name]:
            if all(row[column] == value for column, value in wanted.items()) and _holds(row, moment):
                return row
        return None

    def agent(self, agent_id, day):
        """The agent_settings row valid on a local date; an empty one when there is none."""
        return self._first("agent_settings", day, agent_id=agent_id) or {}

    def usd_per_unit(self, currency, instant):
        """The rate valid at an instant; None when the currency is unknown then."""
        code = currency.strip().upper()
        if code == "USD":
            return Fraction(1)
        if instant is None:
            return None
        for row in self.rows["currency_rates"]:
            if row["currency"].strip().upper() == code and _holds(row, instant):
                return row["usd_per_unit"]
        return None

    def price(self, provider, model, service_tier, instant):
        """(price row, whether it is the standard row for want of the tier's own)."""
        for tier in (service_tier, "standard"):
            row = self._first("model_prices", instant, provider=provider, model=model, service_tier=tier)
            if row is not None:
                return row, tier != service_tier
        return None, False

    def hourly_rate(self, reviewer_role, instant):
        for role in (reviewer_role, "default"):
            row = role and self._first("reviewer_rates", instant, reviewer_role=role)
            if row:
                return row["hourly_rate_usd"]
        return None

    def handoff_reason(self, source_reason):
        if source_reason is None:
            return "unrecorded"
        word = source_reason.strip().lower()
        for row in self.rows["handoff_reasons"]:
            if row["source_reason"].strip().lower() == word:
                return row["reason"]
        return "other"

    def driver(self, cost_layer):
        for row in self.rows["cost_allocation_drivers"]:
            if row["cost_layer"] == cost_layer:
                return row["driver"]
        return None

    def forecast(self, month, agent_id, metric_id, version="original"):
        for row in self.rows["forecasts"]:
            if (row["month"], row["agent_id"], row["metric_id"]) == (month, agent_id, metric_id):
                if (row.get("version") or "original") == version:
                    return row["value"]
        return None
