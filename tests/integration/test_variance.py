"""The effects of the variance models against a brute-force enumeration, on random months full of zeros.

The models' own SQL is compiled by dbt and run over tables that hold nothing but numbers drawn
here. The enumeration walks through every coalition of drivers in exact fractions, from the
definition of the Shapley value.
"""

import random
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import factorial

import duckdb
import pytest

from harness import PROJECT, changed_environment

MODELS = """
int_forecasts__unit_costs int_variance__actuals int_variance__bases int_variance__pairs int_variance__effects
int_variance__programme_bases int_variance__programme rpt_cost_variance_drivers int_variance__api_actuals
int_variance__api_effects rpt_api_cost_drivers
""".split()
MONTHS = [date(2000 + n // 12, n % 12 + 1, 1) for n in range(72)]
AGENTS = ["a", "b", "c"]
TOLERANCE = 1e-9

EFFECTS = {
    "volume_effect": "items",
    "fixed_cost_effect": "fixed",
    "api_cost_effect": "api",
    "escalation_rate_effect": "escalation",
    "review_cost_effect": "review",
    "completion_yield_effect": "completion",
}
FACTORS = ["calls_per_item", "tokens_per_call", "price_per_token", "retry_factor"]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """SQL of the models, with the relations of one schema each."""
    from dbt.cli.main import dbtRunner

    folder = tmp_path_factory.mktemp("compiled")
    arguments = ["compile", "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    arguments += ["--select", *MODELS]
    arguments += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs"), "--quiet"]
    with changed_environment(
        {"AGENT_KPIS_DB_PATH": str(folder / "empty.duckdb"), "AGENT_KPIS_SETTINGS_PATH": None}
    ):
        outcome = dbtRunner().invoke(arguments)
    assert outcome.success, outcome.exception
    found = {result.node.name: result.node.compiled_code for result in outcome.result.results}
    return {name: re.sub(r'"[^".]+"\."(\w+)"\."(\w+)"', r"\2", found[name]) for name in MODELS}


@pytest.fixture(scope="module", params=[1, 2, 3])
def world(request, compiled):
    """A random world, and the connection in which the models have been run over it."""
    drawn = World(random.Random(request.param))
    connection = duckdb.connect()
    drawn.write(connection)
    for name in MODELS:
        connection.execute(f"create table {name} as {compiled[name]}")
    drawn.connection = connection
    yield drawn
    connection.close()


class World:
    """Totals of months and agents, forecasts, and the model calls behind the totals."""

    def __init__(self, dice):
        self.dice = dice
        self.totals, self.calls, self.forecasts = {}, {}, {}
        for month in MONTHS:
            for agent in AGENTS:
                if dice.random() < 0.9:
                    self.draw_month(month, agent)
                for version in ("original", "latest"):
                    if dice.random() < 0.5:
                        self.forecasts[month, agent, version] = self.draw_forecast()
        self.orphaned = {month: self.money(50) for month in MONTHS}

    def often_zero(self, value):
        return value if self.dice.random() < 0.8 else 0

    def money(self, most):
        return Decimal(self.often_zero(self.dice.randint(1, most * 10000))) / 10000

    def draw_month(self, month, agent):
        items = self.often_zero(self.dice.randint(1, 900))
        calls = {
            "first_calls": self.often_zero(self.dice.randint(1, 4000)),
            "first_tokens": self.often_zero(self.dice.randint(1, 10**6)),
            "first_cost": self.money(300),
            "retry_cost": self.money(40),
        }
        self.calls[month, agent] = calls
        self.totals[month, agent] = {
            "items": items,
            "escalated": self.often_zero(self.dice.randint(0, items)),
            "completed": self.often_zero(self.dice.randint(0, items + 20)),
            "api": calls["first_cost"],
            "retries": calls["retry_cost"],
            "review": self.money(900),
            "fixed": self.money(3000),
        }

    def draw_forecast(self):
        drawn = {
            "items": Decimal(self.often_zero(self.dice.randint(1, 900))),
            "completion": Decimal(self.often_zero(self.dice.randint(1, 100))) / 100,
            "escalation": Decimal(self.often_zero(self.dice.randint(1, 100))) / 100,
            "api": self.money(3),
            "review": self.money(20),
            "fixed": self.money(3000),
            "stated": self.money(30) if self.dice.random() < 0.3 else None,
        }
        if self.dice.random() < 0.1:
            drawn["fixed"] = None
        return drawn

    def write(self, connection):
        connection.execute(
            "create table int_raw_tables__presence as select 'api_calls' as table_name, true as is_present"
        )
        connection.execute("create table dim_agents as select unnest(?) as agent_id", [AGENTS])
        connection.execute(
            "create table int_periods__agents as select agent_id as member_agent_id, agent_id from dim_agents"
            " union all select agent_id, 'all' from dim_agents union all select '', 'all'"
        )
        money = "decimal(28, 12)"
        connection.execute(
            "create table int_totals__joined (grain text, period_start date, agent_id text,"
            " is_complete boolean, processed_items bigint, escalated_items bigint, completed_outcomes bigint,"
            f" api_cost {money}, retries_cost {money}, human_review_cost {money}, cost {money})"
        )
        connection.executemany(
            "insert into int_totals__joined values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self.total_rows()
        )
        connection.execute(
            "create table int_model_usage__daily (started_date date, agent_id text, is_retry boolean,"
            f" is_human_only boolean, costed_calls bigint, costed_tokens bigint, cost {money})"
        )
        for (month, agent), calls in self.calls.items():
            connection.execute(
                "insert into int_model_usage__daily values"
                " (?, ?, false, false, ?, ?, ?), (?, ?, true, false, 1, 1, ?)",
                [month, agent, calls["first_calls"], calls["first_tokens"], calls["first_cost"], month, agent]
                + [calls["retry_cost"]],
            )
        self.write_forecasts(connection)

    def total_rows(self):
        for month in MONTHS:
            of_month = [
                (agent, self.totals[month, agent]) for agent in AGENTS if (month, agent) in self.totals
            ]
            rows = [(agent, t, t["api"] + t["retries"] + t["review"] + t["fixed"]) for agent, t in of_month]
            everything = {
                name: sum(t[name] for _, t in of_month) for name in self.totals[next(iter(self.totals))]
            }
            cost = sum((cost for *_, cost in rows), self.orphaned[month])
            for agent, t, cost in [*rows, ("all", everything, cost)]:
                counts = (t["items"], t["escalated"], t["completed"])
                yield ("month", month, agent, True, *counts, t["api"], t["retries"], t["review"], cost)

    def write_forecasts(self, connection):
        names = "stated_cost_per_outcome processed_items completion_rate escalation_rate api_cost_per_item"
        names = f"{names} review_cost_per_escalation fixed_cost outcomes implied_cost_per_outcome".split()
        columns = ", ".join(f"{name} double" for name in names)
        connection.execute(
            f"create table int_forecasts__drivers (month date, agent_id text, version text, {columns})"
        )
        for (month, agent, version), f in self.forecasts.items():
            drivers = None if f["fixed"] is None else forecast_drivers(f)
            implied = None if drivers is None else unit_cost(drivers)
            values = [f["stated"], f["items"], f["completion"]]
            values += [f["escalation"], f["api"], f["review"], f["fixed"]]
            values += [f["items"] * f["completion"], implied]
            values = [None if value is None else float(value) for value in values]
            marks = ", ".join("?" * (len(values) + 3))
            connection.execute(
                f"insert into int_forecasts__drivers values ({marks})", [month, agent, version, *values]
            )

    def actual_drivers(self, month, agent):
        """The drivers of a month; all 0 where the agent had no activity."""
        if (month, agent) not in self.totals:
            return dict.fromkeys(["items", "fixed", "api", "escalation", "review", "completion"], Fraction(0))
        t = {name: Fraction(value) for name, value in self.totals[month, agent].items()}
        api = t["api"] + t["retries"]
        return {
            "items": t["items"],
            "fixed": t["fixed"] + (0 if t["items"] else api) + (0 if t["escalated"] else t["review"]),
            "api": api / t["items"] if t["items"] else Fraction(0),
            "escalation": t["escalated"] / t["items"] if t["items"] else Fraction(0),
            "review": t["review"] / t["escalated"] if t["escalated"] else Fraction(0),
            "completion": t["completed"] / t["items"] if t["items"] else Fraction(0),
        }

    def base_drivers(self, month, agent, comparison):
        if comparison == "previous_month":
            return self.actual_drivers(month_before(month), agent)
        forecast = self.forecasts[month, agent, "original" if comparison == "forecast" else comparison]
        return None if forecast["fixed"] is None else forecast_drivers(forecast)

    def rows(self, query):
        cursor = self.connection.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]


def month_before(month):
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def forecast_drivers(forecast):
    names = ["items", "fixed", "api", "escalation", "review", "completion"]
    return {name: Fraction(forecast[name]) for name in names}


def unit_cost(d):
    if not d["items"] or not d["completion"]:
        return None
    return (d["fixed"] / d["items"] + d["api"] + d["escalation"] * d["review"]) / d["completion"]


def cost(d):
    return d["fixed"] + d["items"] * (d["api"] + d["escalation"] * d["review"])


def shapley(value, base, actual):
    """The definition: weighted marginal contributions over every coalition of drivers that have moved."""
    names, n = list(base), len(base)
    worth = {}
    for size in range(n + 1):
        for moved in combinations(names, size):
            worth[moved] = value({name: actual[name] if name in moved else base[name] for name in names})
    effects = dict.fromkeys(names, Fraction(0))
    for moved, before in worth.items():
        ordered = factorial(len(moved)) * factorial(n - len(moved) - 1) if len(moved) < n else 0
        weight = Fraction(ordered, factorial(n))
        for name in names:
            if name not in moved:
                after = worth[tuple(each for each in names if each in moved or each == name)]
                effects[name] += weight * (after - before)
    return effects


def close(found, expected):
    return found is not None and abs(float(found) - float(expected)) < TOLERANCE


def test_the_enumeration_gives_the_published_example():
    base = dict(zip(EFFECTS.values(), map(Fraction, ["1000", "800", "0.9", "0.25", "4", "0.95"])))
    actual = dict(zip(EFFECTS.values(), map(Fraction, ["760", "860", "1.3", "0.34", "4.6", "0.93"])))
    assert round(float(unit_cost(base)), 4) == 2.8421 and round(float(unit_cost(actual)), 4) == 4.2963
    effects = shapley(unit_cost, base, actual)
    rounded = [round(float(effects[driver]), 4) for driver in EFFECTS.values()]
    assert rounded == [0.2789, 0.0740, 0.4256, 0.4119, 0.1884, 0.0755]


def test_effects_of_agents_equal_the_enumeration(world):
    compared = {"unit": 0, "money": 0}
    for row in world.rows("select * from rpt_cost_variance_drivers where agent_id <> 'all'"):
        base = world.base_drivers(row["month"], row["agent_id"], row["comparison"])
        actual = world.actual_drivers(row["month"], row["agent_id"])
        if base is None:
            assert row["volume_effect"] is None and row["volume_effect_usd"] is None
            continue
        money = shapley(cost, base, actual)
        for effect, driver in EFFECTS.items():
            assert close(row[f"{effect}_usd"], money[driver]), (row, effect)
        compared["money"] += 1
        if unit_cost(base) is None or unit_cost(actual) is None:
            assert all(row[effect] is None for effect in EFFECTS), row
            continue
        unit = shapley(unit_cost, base, actual)
        for effect, driver in EFFECTS.items():
            assert close(row[effect], unit[driver]), (row, effect)
        compared["unit"] += 1
    assert min(compared.values()) > 100


def test_everything_adds_up(world):
    rows = world.rows(
        "select * from rpt_cost_variance_drivers union all by name select * from rpt_api_cost_drivers"
    )
    assert sum(row["residual"] is not None for row in rows) > 200
    for row in rows:
        assert row["residual"] is None or abs(row["residual"]) < TOLERANCE, row
        assert row["residual_usd"] is None or abs(row["residual_usd"]) < TOLERANCE, row


def test_money_of_the_programme_is_the_sum_of_agents_and_of_what_has_none(world):
    sums = {}
    for row in world.rows("select * from rpt_cost_variance_drivers where agent_id <> 'all'"):
        for effect in EFFECTS:
            key = (row["month"], row["comparison"], f"{effect}_usd")
            sums[key] = sums.get(key, 0) + (row[f"{effect}_usd"] or 0)
    programme = world.rows("select * from rpt_cost_variance_drivers where agent_id = 'all'")
    assert {row["comparison"] for row in programme} == {"previous_month", "forecast", "latest"}
    for row in programme:
        for effect in EFFECTS:
            if row[f"{effect}_usd"] is not None:
                total = sums[row["month"], row["comparison"], f"{effect}_usd"]
                assert close(row[f"{effect}_usd"], total), row
        if row["comparison"] == "previous_month":
            change = world.orphaned[row["month"]] - world.orphaned[month_before(row["month"])]
            assert close(row["mix_effect_usd"], change), row


def test_unit_effects_of_the_programme_are_weighted_with_outcomes(world):
    agents = world.rows(
        "select * from rpt_cost_variance_drivers where agent_id <> 'all' and volume_effect is not null"
    )
    checked = 0
    for row in world.rows("select * from rpt_cost_variance_drivers where agent_id = 'all'"):
        if row["comparison"] != "previous_month" or row["volume_effect"] is None:
            continue
        months = (row["month"], month_before(row["month"]))
        outcomes = [
            {a: world.totals[m, a]["completed"] for a in AGENTS if (m, a) in world.totals} for m in months
        ]
        expected = dict.fromkeys(EFFECTS, 0.0)
        for each in agents:
            if (each["month"], each["comparison"]) == (row["month"], row["comparison"]):
                weight = sum(of[each["agent_id"]] / sum(of.values()) for of in outcomes) / 2
                for effect in EFFECTS:
                    expected[effect] += weight * float(each[effect])
        for effect in EFFECTS:
            assert close(row[effect], expected[effect]), (row, effect)
        checked += 1
    assert checked > 20


def test_parts_of_the_api_effect_equal_the_enumeration(world):
    checked = 0
    for row in world.rows("select * from rpt_api_cost_drivers where agent_id <> 'all'"):
        before = month_before(row["month"])
        base, actual = (api_factors(world, month, row["agent_id"]) for month in (before, row["month"]))
        parts = shapley(
            lambda f: f["calls_per_item"] * f["tokens_per_call"] * f["price_per_token"] * f["retry_factor"],
            base[0],
            actual[0],
        )
        items = [world.actual_drivers(month, row["agent_id"])["items"] for month in (before, row["month"])]
        for factor in FACTORS:
            assert close(row[f"{factor}_effect_usd"], parts[factor] * sum(items) / 2), (row, factor)
        assert close(row["other_api_cost_effect_usd"], (actual[1] - base[1]) * sum(items) / 2), row
        checked += any(parts.values())
    assert checked > 50


def api_factors(world, month, agent):
    """The four factors and, where one is not defined, the model spend per item beside them."""
    calls = {name: Fraction(value) for name, value in world.calls.get((month, agent), {}).items()}
    drivers = world.actual_drivers(month, agent)
    if not calls or not all(
        [drivers["items"], calls["first_calls"], calls["first_tokens"], calls["first_cost"]]
    ):
        return dict.fromkeys(FACTORS, Fraction(0)), drivers["api"]
    factors = [
        calls["first_calls"] / drivers["items"],
        calls["first_tokens"] / calls["first_calls"],
        calls["first_cost"] / calls["first_tokens"],
        (calls["first_cost"] + calls["retry_cost"]) / calls["first_cost"],
    ]
    return dict(zip(FACTORS, factors)), Fraction(0)
