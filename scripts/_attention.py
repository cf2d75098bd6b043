"""What needs attention in the latest complete month: one card per agent, and numbers to be read with care.

Nothing is computed here that a mart does not hold; this module chooses and words.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from _marts import Query, Row
from _wording import (
    EFFECTS,
    LAYERS,
    STATES,
    change,
    day_name,
    layer_names,
    month_name,
    number,
    short_month,
    words,
)

ALARMS_NAMED = 3
# A version counts as new when it went live at most this many months before the month in view.
MONTHS_A_VERSION_IS_NEW = 2
LARGE_LAYER_PCT = 35
# Alarms that a card's other lines tell already.
TOLD_ELSEWHERE = ("cost_variance_vs_forecast", "margin_contribution", "cost_per_outcome")


@dataclass
class Card:
    """One agent, or the programme: how it stands, since when, and why."""

    agent_id: str
    state: str | None
    since: str | None
    points: list[dict[str, str]] = field(default_factory=list)
    worst: list[dict[str, str]] = field(default_factory=list)
    on_target: int = 0
    with_target: int = 0
    alarms: int = 0
    margin: float | None = None
    cost_vs_baseline_pct: float | None = None


class Month:
    """The marts' rows of one month, by agent."""

    def __init__(self, query: Query, month: str) -> None:
        self.month = month
        self.trends = {
            (row["agent_id"], row["metric_id"]): row
            for row in query(
                f"""
                select trends.*, definitions.name, definitions.unit, definitions.metric_set
                from marts.rpt_metric_trends as trends
                inner join settings.metric_definitions as definitions
                    on trends.metric_id = definitions.metric_id
                where trends.grain = 'month' and trends.period_start = date '{month}'
                """
            )
        }
        self.profits = self.by_agent(query, "rpt_agent_pnl")
        self.variances = {
            (row["agent_id"], row["comparison"]): row
            for row in query(f"select * from marts.rpt_cost_variance_drivers where month = date '{month}'")
        }
        self.layers = query(
            "select * from marts.rpt_costs_by_layer"
            f" where grain = 'month' and period_start = date '{month}' and share_pct > {LARGE_LAYER_PCT}"
        )
        self.versions = query(
            "select * from marts.rpt_agent_versions"
            f" where first_seen_date < date '{add_months(month, 1)}'"
            f" and first_seen_date >= date '{add_months(month, 1 - MONTHS_A_VERSION_IS_NEW)}'"
        )
        self.before = {
            (row["period_start"], row["agent_id"], row["metric_id"]): row["value"]
            for row in query(
                "select period_start, agent_id, metric_id, value from marts.rpt_metric_trends"
                " where grain = 'month' and metric_id in ('cost_per_outcome', 'first_touch_resolution_rate')"
            )
        }
        self.surveys = query(f"select * from marts.rpt_survey_coverage where month = date '{month}'")

    def by_agent(self, query: Query, mart: str) -> dict[str, Row]:
        rows = query(f"select * from marts.{mart} where month = date '{self.month}'")
        return {row["agent_id"]: row for row in rows}

    def value(self, agent: str, metric: str) -> float | None:
        row = self.trends.get((agent, metric))
        return row["value"] if row else None


def latest_complete_month(query: Query) -> str | None:
    found = query(
        "select max(period_start) as month from marts.rpt_scorecard where grain = 'month' and is_complete"
    )
    return found[0]["month"] if found else None


def attention(query: Query, month: str) -> dict[str, Any]:
    """Cards from the gravest state on, the programme's first; then what to read with care."""
    facts = Month(query, month)
    agents = [agent for agent in facts.profits if agent != "all"]
    cards = [card_of(facts, agent) for agent in agents]
    cards.sort(key=lambda card: (gravity(card), card.margin if card.margin is not None else 0, card.agent_id))
    return {
        "month": month,
        "programme": asdict(programme_card(facts)),
        "agents": [asdict(card) for card in cards],
        "care": with_care(facts),
    }


def gravity(card: Card) -> int:
    return list(STATES).index(card.state) if card.state in STATES else len(STATES)


def card_of(facts: Month, agent: str) -> Card:
    profit = facts.profits[agent]
    card = Card(agent, profit["lifecycle_state"], profit["state_since"])
    card.margin, card.cost_vs_baseline_pct = profit["margin"], profit["cost_vs_baseline_pct"]
    judged = judged_kpis(facts, agent)
    card.with_target = len(judged)
    card.on_target = sum(row["status"] == "on_target" for row in judged)
    card.alarms = sum(row["status"] == "alarm" for row in judged)
    card.worst = worst_alarms(judged)
    texts = {
        "Care": missing_point(profit),
        "Rules": rules_point(profit),
        "Change": version_point(facts, agent),
        "Driver": variance_point(facts, agent) if card.alarms else None,
        "Cost": layer_point(facts, agent) if card.alarms else None,
        "So far": None if card.alarms else payback_point(profit),
    }
    card.points = labelled(texts)
    return card


def labelled(texts: dict[str, str | None]) -> list[dict[str, str]]:
    return [{"label": label, "text": text} for label, text in texts.items() if text]


def judged_kpis(facts: Month, agent: str) -> list[Row]:
    """The agent KPIs that have a target, the furthest from it first."""
    rows = [row for (of, _), row in facts.trends.items() if of == agent and row["metric_set"] == "agent"]
    rows = [row for row in rows if row["status"] not in (None, "no_data", "no_target")]
    return sorted(rows, key=lambda row: (-abs(row["drift_vs_target_pct"] or 0), row["metric_id"]))


def rules_point(profit: Row) -> str | None:
    if not profit["breached_rules"]:
        return None
    rules = ", ".join(words(rule) for rule in profit["breached_rules"].split(", "))
    return f"{rules[0].upper()}{rules[1:]}."


def missing_point(profit: Row) -> str | None:
    layers = profit["missing_cost_layers"]
    return (
        f"Cost lacks {layer_names(layers)}, so that margin and unit cost look too good." if layers else None
    )


def payback_point(profit: Row) -> str | None:
    if profit["cumulative_margin"] is None:
        return None
    text = f"{change(profit['cumulative_margin'])} since deployment"
    return (
        f"{text}; paid back in {short_month(profit['payback_month'])}."
        if profit["payback_month"]
        else f"{text}."
    )


def money_point(profit: Row) -> str | None:
    if profit["margin"] is None:
        return None
    text = f"margin {change(profit['margin'])}"
    if profit["cost_vs_baseline_pct"] is not None:
        text += (
            f", an outcome costs {number(profit['cost_vs_baseline_pct'], 'percent')} of the human baseline"
        )
    return text + "."


def version_point(facts: Month, agent: str) -> str | None:
    """A new version, and what moved between the month before it and the month in view."""
    fresh = [row for row in facts.versions if row["agent_id"] == agent]
    if not fresh:
        return None
    newest = max(fresh, key=lambda row: (row["first_seen_date"], row["agent_version"]))
    before = add_months(newest["first_seen_date"], -1)
    moved = []
    for metric, label in (
        ("cost_per_outcome", "cost per outcome"),
        ("first_touch_resolution_rate", "first touch"),
    ):
        old, new = facts.before.get((before, agent, metric)), facts.value(agent, metric)
        if old is not None and new is not None:
            unit = facts.trends[agent, metric]["unit"]
            moved.append(f"{label} {number(old, unit)} → {number(new, unit)}")
    text = f"Version {newest['agent_version']} since {day_name(newest['first_seen_date'])}"
    return (
        f"{text}: {', '.join(moved)} ({short_month(before)} → {short_month(facts.month)})."
        if moved
        else f"{text}."
    )


def worst_alarms(judged: list[Row]) -> list[dict[str, str]]:
    """The alarms furthest from their targets."""
    alarms = [row for row in judged if row["status"] == "alarm" and row["metric_id"] not in TOLD_ELSEWHERE]
    return [
        {
            "metric_id": row["metric_id"],
            "name": row["name"],
            "value": number(row["value"], row["unit"]),
            "target": target_of(row),
        }
        for row in alarms[:ALARMS_NAMED]
    ]


def target_of(row: Row) -> str:
    low, high = row["target_low"], row["target_high"]
    if low is not None and high is not None:
        return f"{bound(low)} to {bound(high)}"
    return f"≤ {bound(high)}" if high is not None else f"≥ {bound(low)}"


def bound(value: float) -> str:
    return f"{value:,.4g}".replace("-", "−") if abs(value) < 1000 else number(value, "count")


def layer_point(facts: Month, agent: str) -> str | None:
    large = [row for row in facts.layers if row["agent_id"] == agent]
    if not large:
        return None
    large.sort(key=lambda row: -row["share_pct"])
    parts = [
        f"{LAYERS.get(row['cost_layer'], row['cost_layer'])} {number(row['share_pct'], 'percent')}"
        for row in large
    ]
    return f"{', '.join(parts)} of it."


def variance_point(facts: Month, agent: str) -> str | None:
    """The largest driver of cost per outcome, against the forecast or, if it has none, the month before."""
    for comparison, against in (("forecast", "forecast"), ("previous_month", "the month before")):
        row = facts.variances.get((agent, comparison))
        if row is None or row["total_variance"] is None or abs(row["total_variance"]) < 0.005:
            continue
        effects = {effect: row[effect] for effect in EFFECTS if row.get(effect) is not None}
        if not effects:
            continue
        way = 1 if row["total_variance"] >= 0 else -1
        largest = max(effects, key=lambda effect: way * effects[effect])
        total = change(row["total_variance"])
        return (
            f"Cost per outcome {total} against {against}, mainly {EFFECTS[largest].lower()}"
            f" ({change(effects[largest])})."
        )
    return None


def programme_card(facts: Month) -> Card:
    profit = facts.profits.get("all")
    if profit is None:
        return Card("all", None, None)
    judged = judged_kpis(facts, "all")
    return Card(
        "all",
        None,
        None,
        points=labelled(
            {
                "Money": money_point(profit),
                "Driver": variance_point(facts, "all"),
                "Care": missing_point(profit),
            }
        ),
        on_target=sum(row["status"] == "on_target" for row in judged),
        with_target=len(judged),
        alarms=sum(row["status"] == "alarm" for row in judged),
        margin=profit["margin"],
    )


def with_care(facts: Month) -> list[dict[str, str]]:
    """Numbers that look better than they are, and agents that owe them."""
    found = []
    for agent in sorted(facts.profits):
        if agent == "all":
            continue
        abandoned, deflected = (
            facts.value(agent, "deflection_abandoned_rate"),
            facts.value(agent, "deflection_rate"),
        )
        if abandoned is not None and deflected and abandoned > deflected / 10:
            returns = facts.value(agent, "return_rate_24h")
            text = (
                f"Deflection of {number(deflected, 'percent')} counts customers who gave up:"
                f" {number(abandoned, 'points')} of it"
                + (f"; {number(returns, 'percent')} came back." if returns else ".")
            )
            found.append({"agent_id": agent, "text": text})
        biased = [row for row in facts.surveys if row["agent_id"] == agent and row["is_biased"]]
        if biased:
            asked = next(
                (row for row in facts.surveys if row["agent_id"] == agent and row["ending"] == "resolved"),
                None,
            )
            endings = ", ".join(
                f"{number(row['prompt_coverage_pct'], 'percent')} of {words(row['ending'])}" for row in biased
            )
            usual = f", {number(asked['prompt_coverage_pct'], 'percent')} of resolved" if asked else ""
            text = f"Ratings flatter: unhappy endings are hardly asked ({endings}{usual} conversations)."
            found.append({"agent_id": agent, "text": text})
        hidden = facts.trends.get((agent, "unrecorded_escalation_share"))
        if hidden and hidden["value"] is not None and hidden["value"] > 10:
            share = number(hidden["value"], "percent")
            text = f"{share} of its AI resolutions had a human at work all the same."
            found.append({"agent_id": agent, "text": text})
    layers = facts.profits.get("all", {}).get("missing_cost_layers")
    if layers:
        text = f"Costs of {month_name(facts.month)} lack {layer_names(layers)}: they look too low."
        found.append({"agent_id": "all", "text": text})
    return found


def add_months(day: str, months: int) -> str:
    """The first day of the month so many months after that of a day."""
    first = date.fromisoformat(day)
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1).isoformat()
