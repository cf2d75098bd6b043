"""Why cost per outcome moved: Shapley values by enumeration of every order in which drivers may change."""

from dataclasses import astuple, dataclass
from fractions import Fraction
from itertools import permutations
from math import factorial

from .facts import known_sum
from .metrics import ALL, DRIVERS, forecast_drivers, forecast_unit_cost, own_forecast_unit_cost, sum_of_agents
from .trends import periods_before

EFFECTS = (
    "volume_effect",
    "fixed_cost_effect",
    "api_cost_effect",
    "escalation_rate_effect",
    "review_cost_effect",
    "completion_yield_effect",
)


@dataclass(frozen=True)
class Drivers:
    """The six players: N, F, a, e, h, q; q None without items."""

    items: Fraction
    fixed_cost: Fraction
    api_cost: Fraction
    escalation_rate: Fraction
    review_cost: Fraction
    completion_yield: Fraction | None


@dataclass(frozen=True)
class Side:
    """What one side of a comparison knows; None where it does not."""

    unit_cost: Fraction | None = None
    cost: Fraction | None = None
    outcomes: Fraction | None = None
    drivers: Drivers | None = None


def unit_cost(items, fixed_cost, api_cost, escalation_rate, review_cost, completion_yield):
    return (fixed_cost / items + api_cost + escalation_rate * review_cost) / completion_yield


def money(items, fixed_cost, api_cost, escalation_rate, review_cost, completion_yield):
    return fixed_cost + items * api_cost + items * escalation_rate * review_cost


def shapley(function, before, after):
    """Each player's mean contribution over all orders in which the players move from before to after."""
    players = range(len(before))
    known = {}

    def worth(moved):
        if moved not in known:
            known[moved] = function(*(after[p] if p in moved else before[p] for p in players))
        return known[moved]

    values = [Fraction(0)] * len(before)
    for order in permutations(players):
        moved = frozenset()
        for player in order:
            values[player] += worth(moved | {player}) - worth(moved)
            moved |= {player}
    return [value / factorial(len(before)) for value in values]


# The two sides --------------------------------------------------------------------------------


def actual(metrics, month, agent_id):
    cell = ("month", month, agent_id)
    entries, n = metrics.cost_entries(cell), len(metrics.processed[cell])
    cost, outcomes = metrics.sum_cost(entries), len(metrics.outcomes(cell))
    if cost is None:
        return Side(outcomes=Fraction(outcomes))

    def layers(*names):
        return Fraction(known_sum(e.amount for e in entries if e.cost_layer in names) or 0)

    escalated = sum(item.is_escalated for item in metrics.processed[cell])
    api, review = layers("api", "retries"), layers("human_review")
    fixed = cost - api - review
    if not n:
        fixed, api = fixed + api, Fraction(0)
    if not escalated:
        fixed, review = fixed + review, Fraction(0)
    drivers = Drivers(
        Fraction(n),
        Fraction(fixed),
        api / n if n else Fraction(0),
        Fraction(escalated, n) if n else Fraction(0),
        review / escalated if escalated else Fraction(0),
        Fraction(outcomes, n) if n else None,
    )
    return Side(Fraction(cost) / outcomes if outcomes else None, Fraction(cost), Fraction(outcomes), drivers)


def forecast(facts, month, agent_id, version):
    """A stated unit cost times forecast outcomes is the cost; without one the drivers' own."""
    stated = own_forecast_unit_cost(facts, month, agent_id, version)
    found = forecast_drivers(facts, month, agent_id, version)
    items = facts.settings.forecast(month, agent_id, "processed_items", version)
    rate = facts.settings.forecast(month, agent_id, "completion_rate", version)
    outcomes = None if None in (items, rate) else items * rate / 100
    drivers = cost = None
    if found is not None:
        drivers = Drivers(
            found["processed_items"],
            found["fixed_cost"],
            found["api_cost_per_item"],
            found["escalation_rate"],
            found["review_cost_per_escalation"],
            found["completion_rate"],
        )
        cost = money(*astuple(drivers))
    if facts.settings.forecast(month, agent_id, "cost_per_outcome", version) is not None:
        cost = None if outcomes is None else stated * outcomes
    return Side(stated, cost, outcomes, drivers)


def has_forecast(facts, month, version, agent_id):
    names = {*DRIVERS, "cost_per_outcome"}
    return any(
        row["month"] == month
        and row["agent_id"] == agent_id
        and row["metric_id"] in names
        and (row["version"] or "original") == version
        for row in facts.settings.rows["forecasts"]
    )


# Rows -----------------------------------------------------------------------------------------


def variance_drivers(result):
    metrics, facts = result.metrics, result.facts
    versions = {row["version"] or "original" for row in facts.settings.rows["forecasts"]}
    months = sorted({start for grain, start, _ in metrics.cells if grain == "month"})
    rows = []
    for month in months:
        agents = {agent for grain, start, agent in metrics.cells if (grain, start) == ("month", month)}
        before = periods_before("month", month, 1)
        agents |= {agent for grain, start, agent in metrics.cells if (grain, start) == ("month", before)}
        agents = sorted(agents - {ALL})
        now = {agent: actual(metrics, month, agent) for agent in (*agents, ALL)}
        previous = {agent: actual(metrics, before, agent) for agent in (*agents, ALL)}
        rows += _comparison(month, "previous_month", agents, previous, now)
        for version in versions:
            named = [a for a in agents if has_forecast(facts, month, version, a)]
            planned = {agent: forecast(facts, month, agent, version) for agent in named}
            planned[ALL] = Side(forecast_unit_cost(facts, month, ALL, version))
            if named or has_forecast(facts, month, version, ALL):
                comparison = "forecast" if version == "original" else version
                implied = sum_of_agents(facts, month, version)
                gap = (
                    Fraction(0)
                    if None in (implied, planned[ALL].unit_cost)
                    else implied - planned[ALL].unit_cost
                )
                rows += _comparison(month, comparison, named, planned, now, gap)
    return rows


def _comparison(month, comparison, agents, base, now, gap=Fraction(0)):
    """gap: what the agents' forecasts together imply, less what is forecast for the programme itself."""
    single = {agent: _single(base[agent], now[agent]) for agent in agents}
    single[ALL] = _programme(agents, single, base, now, gap)
    return [
        {"month": month, "agent_id": agent, "comparison": comparison, **row} for agent, row in single.items()
    ]


def _difference(one, other):
    return None if None in (one, other) else one - other


def _single(base, now):
    row = dict.fromkeys((*EFFECTS, "forecast_gap", "mix_effect", "residual"))
    row |= {f"{name}_usd": None for name in row}
    row["base_cost_per_outcome"], row["actual_cost_per_outcome"] = base.unit_cost, now.unit_cost
    row["total_variance"] = _difference(now.unit_cost, base.unit_cost)
    row["base_cost_usd"], row["actual_cost_usd"] = base.cost, now.cost
    row["total_variance_usd"] = _difference(now.cost, base.cost)
    if None in (base.drivers, now.drivers):
        return row
    before, after = astuple(base.drivers), astuple(now.drivers)
    if row["total_variance"] is not None and before[0] and after[0] and before[5] and after[5]:
        effects = shapley(unit_cost, before, after)
        gap = unit_cost(*before) - base.unit_cost
        row |= dict(zip(EFFECTS, effects)) | {"forecast_gap": gap, "mix_effect": 0, "residual": 0}
        assert sum(effects) + gap == row["total_variance"]
    if row["total_variance_usd"] is not None:
        effects = shapley(money, before, after)
        gap = money(*before) - base.cost
        row |= {f"{name}_usd": effect for name, effect in zip(EFFECTS, effects)}
        row |= {"forecast_gap_usd": gap, "mix_effect_usd": 0, "residual_usd": 0}
        assert sum(effects) + gap == row["total_variance_usd"]
    return row


def _programme(agents, single, base, now, gap):
    """Unit effects weighted by outcome shares, money effects summed; the rest is mix."""
    names = (*EFFECTS, "forecast_gap")
    row = dict.fromkeys((*names, "mix_effect", "residual"))
    row |= {f"{name}_usd": None for name in row}
    is_forecast = base[ALL].drivers is None
    in_money = [agent for agent in agents if single[agent]["volume_effect_usd"] is not None]
    base_cost = base[ALL].cost
    if is_forecast:
        known = [base[agent].cost for agent in in_money]
        base_cost = sum(known) if known else None
    row["base_cost_per_outcome"], row["actual_cost_per_outcome"] = base[ALL].unit_cost, now[ALL].unit_cost
    row["total_variance"] = _difference(now[ALL].unit_cost, base[ALL].unit_cost)
    row["base_cost_usd"], row["actual_cost_usd"] = base_cost, now[ALL].cost
    row["total_variance_usd"] = _difference(now[ALL].cost, base_cost)
    if row["total_variance_usd"] is not None:
        for name in names:
            row[f"{name}_usd"] = sum(single[agent][f"{name}_usd"] for agent in in_money)
        row["mix_effect_usd"] = row["total_variance_usd"] - sum(row[f"{name}_usd"] for name in names)
        row["residual_usd"] = 0
    in_units = [agent for agent in agents if single[agent]["volume_effect"] is not None]
    outcomes_before = base[ALL].outcomes
    if is_forecast:
        outcomes_before = sum(base[agent].outcomes for agent in agents if base[agent].outcomes is not None)
    if row["total_variance"] is not None and in_units:
        weights = {
            agent: (base[agent].outcomes / outcomes_before + now[agent].outcomes / now[ALL].outcomes) / 2
            for agent in in_units
        }
        for name in names:
            row[name] = sum(weights[agent] * single[agent][name] for agent in in_units)
        row["forecast_gap"] += gap
        row["mix_effect"] = row["total_variance"] - sum(row[name] for name in names)
        row["residual"] = 0
    return row
