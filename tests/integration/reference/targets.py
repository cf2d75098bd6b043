"""Months since deployment, baselines, and the bounds that hold for a metric, agent and period."""

from dataclasses import dataclass, fields
from fractions import Fraction

from .metrics import ALL

SIDES = ("target_low", "target_high", "alarm_low", "alarm_high", "suspicious_low", "suspicious_high")


@dataclass(frozen=True)
class Bounds:
    target_low: Fraction | None = None
    target_high: Fraction | None = None
    alarm_low: Fraction | None = None
    alarm_high: Fraction | None = None
    suspicious_low: Fraction | None = None
    suspicious_high: Fraction | None = None


assert tuple(field.name for field in fields(Bounds)) == SIDES


def month_number(day):
    return day.year * 12 + day.month


def deployment_day(facts, agent_id):
    """Local date of deployed_at; without it of the first item or call. `all`: the earliest of its agents."""

    def is_meant(agent):
        return agent is not None if agent_id == ALL else agent == agent_id

    deployed = [
        agent.deployed_at
        for known, agent in facts.agents.items()
        if is_meant(known) and agent.deployed_at is not None
    ]
    seen = [item.received_at for item in facts.items.values() if is_meant(item.agent_id)]
    seen += [call.started_at for call in facts.calls if is_meant(call.agent_id)]
    return facts.day(min(deployed or seen, default=None))


def months_since_deployment(facts, agent_id, day):
    """1 in the calendar month of the deployment, 0 and less before it."""
    deployed = deployment_day(facts, agent_id)
    return None if deployed is None else month_number(day) - month_number(deployed) + 1


def agents_of(metrics, grain, start):
    """The agents with a row of any kind in the period."""
    return sorted(cell[2] for cell in metrics.cells if cell[:2] == (grain, start) and cell[2] != ALL)


def baseline(metrics, grain, start, agent_id):
    """Stated baseline cost per outcome; for `all` the mean of agents that have one, by completed outcomes."""
    if agent_id != ALL:
        settings = metrics.settings.agent(agent_id, metrics.settings_day(grain, start))
        return settings.get("baseline_cost_per_outcome")
    outcomes = cost = 0
    for agent in agents_of(metrics, grain, start):
        own = baseline(metrics, grain, start, agent)
        if own is not None:
            n = len(metrics.outcomes((grain, start, agent)))
            outcomes, cost = outcomes + n, cost + n * own
    return Fraction(cost) / outcomes if outcomes else None


def most_specific(rows, facts, metric_id, agent_id):
    """Of the rows about a metric that hold for the agent the one that says most; agent before use case."""
    found = []
    for row in rows:
        agent = facts.agents.get(agent_id)
        use_case = agent.use_case if agent else None
        if row["metric_id"] != metric_id:
            continue
        if agent_id == ALL and row["agent_id"] != ALL:
            if row["agent_id"] or row["use_case"] or metric_id == "headcount_equivalent_saved":
                continue
        elif row["agent_id"] not in (None, agent_id):
            continue
        elif agent_id != ALL and row["use_case"] not in (None, use_case):
            continue
        found.append(row)
    return max(
        found, key=lambda row: (row["agent_id"] is not None, row["use_case"] is not None), default=None
    )


def bounds(metrics, metric_id, better, grain, start, agent_id, month_earlier_value):
    row = most_specific(metrics.settings.rows["metric_targets"], metrics.facts, metric_id, agent_id)
    if row is None:
        return Bounds()
    if row["target_basis"] == "previous_period":
        side = "target_low" if better == "higher" else "target_high"
        found = dict.fromkeys(SIDES) | {side: month_earlier_value}
    else:
        found = {side: row[side] for side in SIDES}
    if row["target_basis"] == "pct_of_baseline":
        base = baseline(metrics, grain, start, agent_id)
        found = {
            side: None if value is None or base is None else value * base / 100
            for side, value in found.items()
        }
    month = months_since_deployment(metrics.facts, agent_id, start)
    for column, first in (("target", row["applies_from_month"]), ("alarm", row["alarm_from_month"])):
        if first is not None and (month is None or month < first):
            found |= {f"{column}_low": None, f"{column}_high": None}
    return Bounds(**found)
