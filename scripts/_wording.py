"""Numbers, periods and states in words, alike on the page and in the monthly review."""

from __future__ import annotations

from datetime import date

# The terminal's scorecard rounds in the same way.
from _scorecard import UNITS

DECIMALS = {unit: decimals for unit, (_, decimals) in UNITS.items()} | {"count": 0, "rating": 2, "score": 1}
UNIT_SIGNS = {
    "USD": " USD",
    "percent": " %",
    "seconds": " s",
    "minutes": " min",
    "points": " points",
    "FTE": " FTE",
}

# From the gravest on.
STATES = {
    "retire": "Retire",
    "performance_plan": "Performance plan",
    "watch": "Watch",
    "onboarding": "Onboarding",
    "not_rated": "Not rated",
    "performing": "Performing",
    "retired": "Retired",
}
EFFECTS = {
    "volume_effect": "Volume",
    "fixed_cost_effect": "Fixed cost",
    "api_cost_effect": "Model calls",
    "escalation_rate_effect": "Escalation rate",
    "review_cost_effect": "Review cost",
    "completion_yield_effect": "Completion yield",
    "forecast_gap": "Gap within the forecast",
    "mix_effect": "Mix of agents",
}
LAYERS = {
    "human_review": "Human review",
    "infrastructure": "Infrastructure",
    "observability": "Observability",
    "vector_db": "Vector database",
    "platform": "Platform",
    "api": "Model calls",
    "retries": "Retries",
}


def decimals(value: float, unit: str) -> int:
    return 4 if unit == "USD" and 0 < abs(value) < 1 else DECIMALS.get(unit, 2)


def number(value: float, unit: str) -> str:
    """The value as people read it."""
    return rounded(value, decimals(value, unit)) + UNIT_SIGNS.get(unit, "")


def rounded(value: float, digits: int, sign: str = "") -> str:
    """With a true minus, and none before a zero."""
    return f"{round(value, digits) + 0.0:{sign},.{digits}f}".replace("-", "−")


def change(dollars: float) -> str:
    """An amount of USD that something adds or takes away."""
    return f"{rounded(dollars, 2, '+')} USD"


def layer_names(layers: str) -> str:
    """Cost layers as a mart lists them, in words."""
    return ", ".join(LAYERS.get(layer, layer).lower() for layer in layers.split(", "))


def month_name(day: str) -> str:
    return f"{date.fromisoformat(day):%B %Y}"


def short_month(day: str) -> str:
    return f"{date.fromisoformat(day):%b %Y}"


def day_name(day: str) -> str:
    on = date.fromisoformat(day)
    return f"{on.day} {on:%b %Y}"


def words(identifier: str) -> str:
    return identifier.replace("_", " ")
