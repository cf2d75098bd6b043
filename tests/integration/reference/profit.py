"""Profit and loss of an agent, its state by the retirement rules, and what scenarios would bring."""

from datetime import timedelta
from fractions import Fraction

from .costs import LAYERS
from .facts import AI_RESOLVED, known_sum
from .metrics import ALL
from .periods import next_period
from .targets import agents_of, baseline, deployment_day, months_since_deployment
from .trends import is_significant, periods_before
from .variance import actual

GRAVEST_FIRST = ("retire", "performance_plan", "watch")
FROM_METRICS = ("first_touch_resolution_rate", "escalation_rate", "csat_delta", "headcount_equivalent_saved")


def ratio(numerator, denominator):
    return None if numerator is None or not denominator else Fraction(numerator) / Fraction(denominator)


def pct(numerator, denominator):
    found = ratio(numerator, denominator)
    return None if found is None else found * 100


def total_of_known(values):
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def agent_pnl(result):
    months = sorted({cell[1:] for cell in result.metrics.cells if cell[0] == "month"}, key=str)
    rows = [_values_and_costs(result, month, agent_id) for month, agent_id in months]
    _add_cumulative_margins(rows)
    _add_states(result, rows)
    return rows


def _values_and_costs(result, month, agent_id):
    metrics, facts = result.metrics, result.facts
    cell = ("month", month, agent_id)
    entries, outcomes = metrics.cost_entries(cell), len(metrics.outcomes(cell))
    unvalued = [item for item in metrics.closed_with(cell, AI_RESOLVED) if not item.values]
    margin = metrics.margin_contribution(cell).value
    total_value = metrics.outcome_value(cell)
    cost_per_outcome = metrics.cost_per_outcome(cell).value
    per_day = _outcomes_per_day(result, month, agent_id, outcomes)
    target = _setting(result, month, agent_id, "productivity_target_per_day")
    base = baseline(metrics, "month", month, agent_id)
    return {
        "month": month,
        "agent_id": agent_id,
        "months_since_deployment": months_since_deployment(facts, agent_id, month),
        "completed_outcomes": outcomes,
        "recorded_value": known_sum(value.amount_usd for value in metrics.values[cell]),
        "imputed_value": known_sum(item.imputed_value for item in unvalued),
        "total_value": total_value,
        **{
            f"{layer}_cost": known_sum(e.amount for e in entries if e.cost_layer == layer)
            for layer in LAYERS
        },
        "total_cost": metrics.cost(cell),
        "margin": margin,
        "margin_pct": pct(margin, total_value),
        "cost_per_outcome": cost_per_outcome,
        "baseline_cost_per_outcome": base,
        "cost_vs_baseline_pct": pct(cost_per_outcome, base),
        "outcomes_per_day": per_day,
        "productivity_target_per_day": target,
        "productivity_attainment_pct": pct(per_day, target),
        **{metric: getattr(metrics, metric)(cell).value for metric in FROM_METRICS},
        "capacity_equivalent_saved": _capacity(result, month, agent_id),
        "implementation_cost": _setting(result, month, agent_id, "implementation_cost"),
        "missing_cost_layers": ", ".join(metrics.missing_cost_layers("month", month)) or None,
        "is_complete": metrics.is_complete("month", month),
    }


def _setting(result, month, agent_id, column):
    """The agent's; for `all` the sum: of targets over agents active in the month, of one-off cost over all
    deployed.
    """
    day = result.metrics.settings_day("month", month)
    if agent_id != ALL:
        return result.facts.settings.agent(agent_id, day).get(column)
    agents = agents_of(result.metrics, "month", month)
    if column == "implementation_cost":
        known = list(result.facts.agents)
        agents = [a for a in known if (months_since_deployment(result.facts, a, month) or 0) >= 1]
    return total_of_known(result.facts.settings.agent(agent, day).get(column) for agent in agents)


def _outcomes_per_day(result, month, agent_id, outcomes):
    """Over the elapsed local dates since the later of the month's start and deployed_at."""
    agent = result.facts.agents.get(agent_id)
    deployed = None
    if agent_id == ALL or (agent and agent.deployed_at):
        deployed = deployment_day(result.facts, agent_id)
    first = max(month, deployed or month)
    last = min(next_period("month", month) - timedelta(days=1), result.facts.day(result.facts.data_as_of))
    days = (last - first).days + 1
    return Fraction(outcomes, days) if days > 0 else None


def _capacity(result, month, agent_id):
    """Minutes avoided less human minutes on the agent's items, at the rate of a year, in people."""
    metrics = result.metrics
    if agent_id == ALL:
        agents = agents_of(metrics, "month", month)
        return total_of_known(_capacity(result, month, agent) for agent in agents)
    settings = metrics.settings.agent(agent_id, metrics.settings_day("month", month))
    avoided = settings.get("baseline_minutes_per_outcome")
    a_year = settings.get("fte_productive_minutes_per_year")
    cell = ("month", month, agent_id)
    spent, days = metrics.human_minutes(cell).value, metrics.elapsed_days("month", month)
    if None in (avoided, a_year, spent) or days < 1:
        return None
    return ratio((len(metrics.outcomes(cell)) * avoided - spent) * 365 / Fraction(days), a_year)


def _add_cumulative_margins(rows):
    """From the month of deployment on; a month of unknown margin makes it unknown from there on."""
    for agent_id in {row["agent_id"] for row in rows}:
        total, paid_back = Fraction(0), None
        for row in sorted((r for r in rows if r["agent_id"] == agent_id), key=lambda r: r["month"]):
            row["cumulative_margin"] = row["payback_month"] = None
            if row["months_since_deployment"] is not None and row["months_since_deployment"] < 1:
                continue
            total = None if None in (total, row["margin"]) else total + row["margin"]
            row["cumulative_margin"] = total
            cost = row["implementation_cost"]
            if paid_back is None and row["is_complete"] and None not in (total, cost) and total >= cost:
                paid_back = row["month"]
            row["payback_month"] = paid_back


# States ---------------------------------------------------------------------------------------


def _add_states(result, rows):
    facts, before = result.facts, {}
    for row in sorted(rows, key=lambda row: row["month"]):
        row["lifecycle_state"] = row["breached_rules"] = row["state_since"] = None
        if row["agent_id"] == ALL:
            continue
        fired = [rule for rule in facts.settings.rows["retirement_rules"] if _has_fired(result, rule, row)]
        row["breached_rules"] = ", ".join(sorted(rule["rule_id"] for rule in fired)) or None
        row["lifecycle_state"] = _state(result, row, {rule["resulting_state"] for rule in fired})
        previous = before.get((row["agent_id"], periods_before("month", row["month"], 1)))
        is_same = previous is not None and previous["lifecycle_state"] == row["lifecycle_state"]
        row["state_since"] = previous["state_since"] if is_same else row["month"]
        before[row["agent_id"], row["month"]] = row


def _state(result, row, ruled):
    facts, options = result.facts, result.facts.options
    agent = facts.agents.get(row["agent_id"])
    retired = facts.day(agent.retired_at) if agent else None
    if retired is not None and retired <= result.metrics.settings_day("month", row["month"]):
        return "retired"
    for state in GRAVEST_FIRST:
        if state in ruled:
            return state
    months = row["months_since_deployment"]
    if months is not None and months <= options.onboarding_months:
        return "onboarding"
    if not row["is_complete"] or row["completed_outcomes"] < options.minimum_sample:
        return "not_rated"
    return "performing"


def _has_fired(result, rule, row):
    months = int(rule["consecutive_months"] or 1)
    return all(
        _is_broken(result, rule, periods_before("month", row["month"], count), row["agent_id"])
        for count in range(months)
    )


def _is_broken(result, rule, month, agent_id):
    """Beyond the bound, significantly, in a complete month from which the rule holds."""
    agent = result.facts.agents.get(agent_id)
    use_case = agent.use_case if agent else None
    key = (rule["metric_id"], "month", month, agent_id)
    measure = result.measures.get(key)
    if rule["agent_id"] not in (None, agent_id) or rule["use_case"] not in (None, use_case):
        return False
    if measure is None or measure.value is None or not measure.is_complete:
        return False
    since = months_since_deployment(result.facts, agent_id, month)
    if rule["from_month"] is not None and (since is None or since < rule["from_month"]):
        return False
    bound = rule["bound"]
    if rule["bound_basis"] == "pct_of_baseline":
        base = baseline(result.metrics, "month", month, agent_id)
        if base is None:
            return False
        bound = bound * base / 100
    is_beyond = measure.value > bound if rule["bound_side"] == "above" else measure.value < bound
    return is_beyond and is_significant(result, key, measure, bound)


# Scenarios ------------------------------------------------------------------------------------

INPUTS = (
    "items_per_month",
    "completion_rate",
    "escalation_rate",
    "api_cost_per_item",
    "review_cost_per_escalation",
    "fixed_cost_per_month",
    "baseline_cost_per_outcome",
    "implementation_cost",
    "fte_annual_cost",
)


def roi_scenarios(result):
    rows = [
        {
            "scenario_id": row["scenario_id"],
            "agent_id": row["agent_id"],
            **{name: row[name] for name in INPUTS},
        }
        for row in result.facts.settings.rows["roi_scenarios"]
    ]
    return [row | _worth(row) for row in rows + _last_months(result)]


def _last_months(result):
    """Every agent with the numbers of its last complete month in which it processed anything."""
    metrics, rows = result.metrics, []
    for agent_id in result.facts.agents:
        months = [
            start
            for grain, start, agent in metrics.processed.cells
            if (grain, agent) == ("month", agent_id) and metrics.is_complete("month", start)
        ]
        if not months:
            continue
        month = max(months)
        cell = ("month", month, agent_id)
        settings = metrics.settings.agent(agent_id, metrics.settings_day("month", month))
        drivers = actual(metrics, month, agent_id).drivers  # None where the cost is unknown
        processed = metrics.processed[cell]
        rows.append(
            {
                "scenario_id": f"last_month_of_{agent_id}",
                "agent_id": agent_id,
                "items_per_month": len(processed),
                "completion_rate": Fraction(100 * len(metrics.outcomes(cell)), len(processed)),
                "escalation_rate": Fraction(100 * sum(item.is_escalated for item in processed), len(processed)),
                "api_cost_per_item": drivers and drivers.api_cost,
                "review_cost_per_escalation": drivers and drivers.review_cost,
                "fixed_cost_per_month": drivers and drivers.fixed_cost,
                **{name: settings.get(name) for name in INPUTS[6:]},
            }
        )
    return rows


def _worth(row):
    items, rate, escalation, api, review, fixed, base, invested, fte = (row[name] for name in INPUTS)
    worth = dict.fromkeys(
        (
            "cost_per_outcome",
            "monthly_saving",
            "break_even_items_per_month",
            "payback_months",
            "roi_12_months_pct",
            "headcount_equivalent",
        )
    )
    if None not in (rate, escalation, api, review, fixed, base):
        saved_per_item = rate / 100 * base - api - escalation / 100 * review
        worth["break_even_items_per_month"] = fixed / saved_per_item if saved_per_item > 0 else None
    if None in (items, rate, escalation, api, review, fixed):
        return worth
    outcomes = items * rate / 100
    cost = fixed + items * (api + escalation / 100 * review)
    worth["cost_per_outcome"] = ratio(cost, outcomes)
    if base is None:
        return worth
    saving = outcomes * base - cost
    worth["monthly_saving"] = saving
    worth["headcount_equivalent"] = ratio(12 * saving, fte)
    if invested is not None:
        worth["payback_months"] = invested / saving if saving > 0 else None
        worth["roi_12_months_pct"] = pct(12 * saving - invested, invested)
    return worth
