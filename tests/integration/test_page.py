"""The page in a real browser, and the monthly review: what they show is what the marts hold."""

import csv
import json
import math
import re
import subprocess
import sys
from datetime import date, datetime
from importlib.machinery import SourceFileLoader
from types import ModuleType

import pytest

from browser import BrowserMissing, open_browser
from harness import PROJECT, changed_environment

sys.path.insert(0, str(PROJECT / "scripts"))

MEGABYTE = 1_000_000
UNIT_DECIMALS = {
    "USD": 2,
    "percent": 1,
    "tokens": 0,
    "seconds": 1,
    "minutes": 1,
    "points": 1,
    "FTE": 2,
    "count": 0,
    "rating": 2,
    "score": 1,
}
UNKNOWN = "–"


@pytest.fixture(scope="session")
def demo(harness, tmp_path_factory):
    """The demo data, built as users build them."""
    raw = tmp_path_factory.mktemp("demo") / "raw"
    generator = PROJECT / "scripts" / "generate_demo_data"
    subprocess.run([sys.executable, generator, "--out", raw], check=True, capture_output=True)
    built = harness.build(raw)
    assert built.success, built.failures
    return built


@pytest.fixture(scope="session")
def page(demo):
    path = demo.folder / "page" / "page.html"
    said = run("write_page", demo, "--out", path)
    assert str(path) in said
    return path


@pytest.fixture(scope="module")
def browser():
    try:
        with open_browser() as opened:
            yield opened
    except BrowserMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def opened(browser, page):
    browser.open(page)
    return browser


def run(script, built, *arguments):
    """What a script said on a build's database."""
    with changed_environment({**built.environment, "AGENT_KPIS_RAW_PATH": None}):
        done = subprocess.run(
            [sys.executable, PROJECT / "scripts" / script, "--target", built.target, *arguments],
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout


def figure(text):
    """The number that a text begins with."""
    found = re.match(r"[+−]?[\d,]+(\.\d+)?", text)
    assert found, text
    return float(found[0].replace(",", "").replace("−", "-").replace("+", ""))


def assert_shows(text, value, decimals, where):
    """The text is the value, rounded; where the value is unknown, a dash and a reason."""
    if value is None:
        assert text.startswith(UNKNOWN) and len(text) > 3, (where, text)
        return
    digits = len((re.match(r"[+−]?[\d,]+(?:\.(\d+))?", text) or [None, ""])[1] or "")
    assert digits == decimals, (where, text)
    assert abs(figure(text) - float(value)) <= 0.5 * 10**-decimals + 1e-9, (where, text, value)


def decimals_of(value, unit):
    return 4 if unit == "USD" and value and abs(value) < 1 else UNIT_DECIMALS[unit]


def cells(browser, selector, *keys):
    """Texts (their bold parts) and statuses of the cells that a selector finds, by their data attributes."""
    found = browser.evaluate(
        f"[...document.querySelectorAll({json.dumps(selector)})].map(cell =>"
        f" [{json.dumps(list(keys))}.map(key => cell.dataset[key]),"
        " (cell.querySelector('b') ?? cell).textContent.trim(),"
        " cell.querySelector('[data-status]')?.dataset.status ?? null])"
    )
    return {tuple(names) if len(names) > 1 else names[0]: (text, status) for names, text, status in found}


def external(requests):
    return [url for url in requests if not url.startswith(("file:", "data:", "about:"))]


# The page as a whole


def test_page_is_one_small_file_that_asks_for_nothing(page):
    text = page.read_text(encoding="utf-8")
    assert len(text.encode()) < 5 * MEGABYTE
    markup = re.sub(r"(<script[^>]*>).*?</script>", r"\1", text, flags=re.S)
    assert not re.search(r"<(script|link|img|iframe)[^>]*\s(src|href)=|@import|url\(", markup)
    assert list(page.parent.iterdir()) == [page]


@pytest.mark.parametrize(("width", "dark"), [(1360, False), (1360, True), (390, False)])
def test_page_opens_without_errors(browser, page, width, dark):
    browser.open(page, width=width, dark=dark)
    assert browser.console == []
    assert external(browser.requests) == []
    assert browser.evaluate("document.documentElement.dataset.theme") == ("dark" if dark else "light")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.evaluate("document.querySelectorAll('.chart svg').length") >= 10


def test_every_view_draws_without_errors(opened, demo):
    agents = ["all", *(row["agent_id"] for row in demo.query("select agent_id from marts.dim_agents"))]
    metrics = opened.evaluate("[...document.querySelectorAll('#metric option')].map(each => each.value)")
    for agent in agents:
        opened.choose("#agent", agent)
        for grain in ("week", "month"):
            opened.click(f"button[data-grain={grain}]")
        for metric in metrics if agent in ("all", "order_support") else ():
            opened.choose("#metric", metric)
    assert opened.console == []
    assert external(opened.requests) == []


def test_theme_switch_and_print(opened, tmp_path):
    opened.click("#theme")
    assert opened.evaluate("document.documentElement.dataset.theme") == "dark"
    opened.pdf(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert opened.evaluate("document.documentElement.dataset.theme") == "dark"
    assert opened.console == []


def test_names_from_logs_are_only_text(browser, demo, tmp_path):
    data = read_payload(demo)
    nasty = "</script><img src=x onerror='window.broken=1'>{{ data }}<b>"
    for agent in data["agents"]:
        agent["agent_name"] = nasty
    for card in data["attention"]["agents"]:
        card["points"].append({"label": nasty, "text": nasty})
    path = tmp_path / "nasty.html"
    path.write_text(assemble(data), encoding="utf-8")
    browser.open(f"{path}#agent=order_support")
    assert browser.console == []
    assert browser.evaluate("window.broken ?? null") is None
    assert browser.evaluate("document.querySelector('#trend .agent-name').textContent") == nasty


def assemble(data):
    """The page of a payload."""
    writer = ModuleType("write_page")
    SourceFileLoader("write_page", str(PROJECT / "scripts" / "write_page")).exec_module(writer)
    return writer.assemble(data)


def read_payload(built):
    """What write_page reads."""
    import argparse

    from _marts import open_marts
    from _page_data import page_data

    with changed_environment(built.environment):
        with open_marts(argparse.Namespace(target=built.target, profile=None, profiles_dir=None)) as query:
            return page_data(query)


def test_fifty_agents_stay_usable(browser, demo, tmp_path):
    data = with_more_agents(read_payload(demo), 50)
    path = tmp_path / "fifty.html"
    path.write_text(assemble(data), encoding="utf-8")
    assert path.stat().st_size < 15 * MEGABYTE
    browser.open(path)
    assert browser.console == []
    seconds = browser.evaluate(
        "(() => { const start = performance.now(); const select = document.querySelector('#agent');"
        " select.value = 'agent_40'; select.dispatchEvent(new Event('change'));"
        " return performance.now() - start; })() / 1000"
    )
    assert seconds < 3
    assert browser.evaluate("document.querySelectorAll('#matrix tbody tr').length") == 51


def with_more_agents(data, count):
    """The payload with the demo's four agents again and again, under other names."""
    models = [card["agent_id"] for card in data["attention"]["agents"]]
    names = {f"agent_{at}": models[at % len(models)] for at in range(count)}
    for of_grain in (*data["trends"].values(), data["layers"]):
        for of_metric in of_grain.values():
            of_metric.update({name: of_metric[model] for name, model in names.items() if model in of_metric})
            for model in models:
                of_metric.pop(model, None)
    for key in ("scorecard", "escalations", "surveys", "segments", "variance", "api_drivers", "profit"):
        at = data[key]["columns"].index("agent_id")
        rows = data[key]["rows"]
        kept = [row for row in rows if row[at] not in models]
        more = [
            [*row[:at], name, *row[at + 1 :]]
            for name, model in names.items()
            for row in rows
            if row[at] == model
        ]
        data[key]["rows"] = kept + more
    known = {agent["agent_id"]: agent for agent in data["agents"]}
    data["agents"] = [known[model] | {"agent_id": name, "agent_name": name} for name, model in names.items()]
    cards = {card["agent_id"]: card for card in data["attention"]["agents"]}
    data["attention"]["agents"] = [cards[model] | {"agent_id": name} for name, model in names.items()]
    return data


# Numbers on the page equal the marts


def test_scorecard_equals_the_mart(opened, demo):
    rows = demo.mart("rpt_scorecard")
    seen = 0
    for agent in sorted({row["agent_id"] for row in rows}):
        opened.choose("#agent", agent)
        for grain in ("week", "month"):
            opened.click(f"button[data-grain={grain}]")
            shown = cells(opened, "#scorecard-tables [data-value]", "value")
            statuses = cells(opened, "#scorecard-tables [data-row]", "row")
            for row in (row for row in rows if row["agent_id"] == agent and row["grain"] == grain):
                metric = row["metric_id"]
                where = (agent, grain, metric)
                assert_shows(shown[metric][0], row["value"], decimals_of(row["value"], row["unit"]), where)
                assert statuses[metric][1] == row["status"], where
                seen += 1
    assert seen == len(rows) > 400


@pytest.mark.parametrize("grain", ["week", "month"])
def test_side_by_side_equals_the_mart(opened, demo, grain):
    rows = [row for row in demo.mart("rpt_scorecard") if row["grain"] == grain]
    opened.click(f"button[data-grain={grain}]")
    for metric_set in ("agent", "support"):
        opened.click(f"button[data-set={metric_set}]")
        shown = cells(opened, "#matrix td", "metric", "agent")
        for row in (row for row in rows if row["metric_set"] == metric_set):
            key = (row["metric_id"], row["agent_id"])
            assert_shows(shown[key][0], row["value"], decimals_of(row["value"], row["unit"]), key)
            if row["value"] is not None:
                assert shown[key][1] == row["status"], key


def test_deflection_never_stands_alone(opened, demo):
    values = {
        (row["agent_id"], row["metric_id"]): row["value"]
        for row in demo.mart("rpt_scorecard")
        if row["grain"] == "month"
    }
    for agent in ("all", "order_support", "billing_assistant"):
        opened.choose("#agent", agent)
        text = opened.evaluate(
            "document.querySelector('[data-row=deflection_rate] [data-guard]').textContent"
        )
        gone, returned = re.match(r"([\d.]+) points of it gave up; ([\d.]+) % came back", text).groups()
        assert abs(float(gone) - values[agent, "deflection_abandoned_rate"]) <= 0.05 + 1e-9
        assert abs(float(returned) - values[agent, "return_rate_24h"]) <= 0.05 + 1e-9
        assert (
            opened.evaluate("document.querySelector('.tile[data-metric=deflection_rate]').textContent").count(
                "gave up"
            )
            == 1
        )
    opened.click("button[data-set=support]")
    shown = cells(opened, "#matrix td[data-metric=deflection_rate]", "agent")
    assert all(
        "gave up" in text and "back" in text for text, _ in shown.values() if not text.startswith(UNKNOWN)
    )


def test_profit_and_loss_equals_the_mart(opened, demo):
    decimals = {
        "completed_outcomes": 0,
        "total_value": 0,
        "total_cost": 0,
        "margin": 0,
        "margin_pct": 1,
        "cumulative_margin": 0,
        "cost_per_outcome": 2,
        "cost_vs_baseline_pct": 0,
        "outcomes_per_day": 1,
        "productivity_attainment_pct": 0,
        "headcount_equivalent_saved": 2,
        "capacity_equivalent_saved": 2,
    }
    rows = demo.mart("rpt_agent_pnl")
    for month in opened.evaluate(
        "[...document.querySelectorAll('#profit-month option')].map(each => each.value)"
    ):
        opened.choose("#profit-month", month)
        shown = cells(opened, "#profit-table [data-pnl]", "pnl", "agent")
        of_month = [row for row in rows if row["month"].isoformat() == month]
        assert {agent for _, agent in shown} == {row["agent_id"] for row in of_month}
        for row in of_month:
            for name, digits in decimals.items():
                assert_shows(
                    shown[name, row["agent_id"]][0], row[name], digits, (month, row["agent_id"], name)
                )
        states = opened.evaluate(
            "[...document.querySelectorAll('#profit-table [data-state]')].map(each => each.dataset.state)"
        )
        assert sorted(states) == sorted(
            row["lifecycle_state"] for row in of_month if row["agent_id"] != "all"
        )


def test_statement_equals_the_mart(opened, demo):
    rows = {(row["agent_id"], row["month"].isoformat()): row for row in demo.mart("rpt_agent_pnl")}
    for agent in ("all", "claims_triage"):
        opened.choose("#agent", agent)
        shown = cells(opened, "#statement [data-line]", "line", "month")
        assert len({month for _, month in shown}) == 6
        for (line, month), (text, _) in shown.items():
            assert_shows(
                text, rows[agent, month][line], 1 if line == "margin_pct" else 2, (agent, month, line)
            )


def test_variance_equals_the_mart(opened, demo):
    latest = demo.query("select max(month) as month from marts.rpt_cost_variance_drivers where is_complete")[
        0
    ]["month"]
    rows = [row for row in demo.mart("rpt_cost_variance_drivers") if row["month"] == latest]
    effects = [name for name in rows[0] if name.endswith("_effect") or name == "forecast_gap"]
    for row in rows:
        opened.choose("#agent", row["agent_id"])
        opened.choose("#variance-comparison", row["comparison"])
        for money, ending in (("unit", ""), ("usd", "_usd")):
            opened.click(f"button[data-money={money}]")
            shown = cells(opened, "#variance-table [data-effect]", "effect")
            ends = (
                ("base_cost_usd", "actual_cost_usd")
                if ending
                else ("base_cost_per_outcome", "actual_cost_per_outcome")
            )
            for name, column in [(effect, effect + ending) for effect in effects] + list(
                zip(("base", "actual"), ends)
            ):
                assert_shows(shown[name][0], row[column], 2, (row["agent_id"], row["comparison"], column))
    assert opened.console == []


def test_cost_layers_equal_the_mart(opened, demo):
    for agent in ("all", "order_support"):
        opened.choose("#agent", agent)
        month = demo.query(
            "select max(period_start) as month from marts.rpt_scorecard where grain = 'month'"
        )[0]["month"]
        rows = [
            row
            for row in demo.mart("rpt_costs_by_layer")
            if row["grain"] == "month" and row["period_start"] == month and row["agent_id"] == agent
        ]
        shown = cells(opened, "#layers-table [data-layer]", "layer")
        for row in rows:
            assert_shows(shown[row["cost_layer"]][0], row["cost"], 2, (agent, row["cost_layer"]))
        assert abs(figure(shown["all"][0]) - float(sum(row["cost"] for row in rows))) < 0.02


@pytest.mark.parametrize(
    "metric", ["cost_per_outcome", "deflection_rate", "csat_delta", "margin_contribution", "human_minutes"]
)
def test_trend_equals_the_mart(browser, page, demo, metric):
    browser.open(f"{page}#agent=order_support&grain=month&metric={metric}")
    unit = demo.query(f"select unit from settings.metric_definitions where metric_id = '{metric}'")[0]["unit"]
    rows = demo.query(
        f"select * from marts.rpt_metric_trends where metric_id = '{metric}' and agent_id = 'order_support'"
        " and grain = 'month' order by period_start desc"
    )
    shown = browser.evaluate(
        "[...document.querySelectorAll('#trend-numbers tbody tr')]"
        ".map(row => [...row.children].map(cell => cell.textContent.trim()))"
    )
    begun = demo.query("select as_of_date from marts.audit_run")[0]["as_of_date"]
    rows = [row for row in rows if row["period_start"] <= begun]
    assert len(shown) == len(rows) > 12
    for texts, row in zip(shown, rows):
        assert_shows(texts[1], row["value"], decimals_of(row["value"], unit), (metric, row["period_start"]))
        if row["moving_average_4"] is not None:
            assert (
                abs(figure(texts[4]) - row["moving_average_4"])
                <= 0.5 * 10 ** -decimals_of(row["moving_average_4"], unit) + 1e-3
            )


def test_versions_are_marked(browser, page):
    browser.open(f"{page}#agent=order_support&grain=week&metric=cost_per_outcome")
    assert "v2 since 8 Sep 2026" in browser.evaluate("document.querySelector('#trend-note').textContent")
    assert "v2" in browser.evaluate(
        "[...document.querySelectorAll('#trend-chart text')].map(each => each.textContent)"
    )


def test_quality_equals_the_audits(opened, demo):
    fact = cells(opened, "[data-fact]", "fact")
    rejected = demo.query("select count(*) as rows from marts.audit_rejected_records")[0]["rows"]
    unpriced = demo.query("select count(*) as calls from marts.audit_unpriced_calls")[0]["calls"]
    assert f"rejected{rejected:,} of".replace(" of", "of") in fact["rejected"][0].replace(" ", "")
    assert fact["unpriced"][0].replace("Calls without a price", "").startswith(f"{unpriced:,}")
    assert "12 Nov 2026" in fact["as-of"][0]


# What needs attention


def test_attention_tells_the_story(opened, demo):
    cards = opened.evaluate(
        "[...document.querySelectorAll('#attention .card')].map(card =>"
        " [card.dataset.agent, card.querySelector('[data-state]').dataset.state, card.textContent])"
    )
    states = {agent: state for agent, state, _ in cards}
    month = demo.query("select max(month) as month from marts.rpt_agent_pnl where is_complete")[0]["month"]
    expected = {
        row["agent_id"]: row["lifecycle_state"]
        for row in demo.mart("rpt_agent_pnl")
        if row["month"] == month and row["agent_id"] != "all"
    }
    assert states == expected
    texts = {agent: text for agent, _, text in cards}
    assert [agent for agent, _, _ in cards][-1] == "billing_assistant"
    assert "dearer than baseline" in texts["loan_intake"].lower()
    assert "Version v2 since 8 Sep 2026" in texts["order_support"]
    assert "Review minutes per escalation" in texts["claims_triage"]


def test_card_leads_to_its_agent(opened):
    opened.click("#attention .card[data-agent=claims_triage] button")
    assert opened.evaluate("document.querySelector('#agent').value") == "claims_triage"
    assert opened.evaluate("document.querySelector('#scorecard .agent-name').textContent") == "Claims triage"
    assert "agent=claims_triage" in opened.evaluate("location.hash")


# The calculator


def scenario_results(given):
    """The arithmetic of rpt_roi_scenarios, written again."""
    completed = given["items_per_month"] * given["completion_rate"] / 100
    variable = (
        given["api_cost_per_item"] + given["escalation_rate"] / 100 * given["review_cost_per_escalation"]
    )
    cost = given["items_per_month"] * variable + given["fixed_cost_per_month"]
    saving = completed * given["baseline_cost_per_outcome"] - cost
    per_item = given["completion_rate"] / 100 * given["baseline_cost_per_outcome"] - variable
    once = given["implementation_cost"]
    return {
        "cost_per_outcome": cost / completed,
        "monthly_saving": saving,
        "break_even_items_per_month": given["fixed_cost_per_month"] / per_item if per_item > 0 else None,
        "payback_months": once / saving if saving > 0 else None,
        "roi_12_months_pct": 100 * (12 * saving - once) / once,
        "headcount_equivalent": 12 * saving / given["fte_annual_cost"],
    }


RESULT_DECIMALS = {
    "cost_per_outcome": 2,
    "monthly_saving": 0,
    "break_even_items_per_month": 0,
    "payback_months": 1,
    "roi_12_months_pct": 0,
    "headcount_equivalent": 2,
}


def test_calculator_starts_from_the_mart(opened, demo):
    for row in demo.mart("rpt_roi_scenarios"):
        opened.choose("#scenario", row["scenario_id"])
        shown = cells(opened, "[data-result]", "result")
        for name, decimals in RESULT_DECIMALS.items():
            assert_shows(shown[name][0], row[name], decimals, (row["scenario_id"], name))


def test_sliders_calculate(opened, demo):
    row = next(row for row in demo.mart("rpt_roi_scenarios") if row["scenario_id"] == "new_returns_agent")
    opened.choose("#scenario", row["scenario_id"])
    names = opened.evaluate("[...document.querySelectorAll('[data-input]')].map(each => each.dataset.input)")
    given = {name: float(row[name]) for name in names}
    for name, value in {
        "items_per_month": 800,
        "escalation_rate": 20,
        "baseline_cost_per_outcome": 2,
        "fixed_cost_per_month": 5000,
    }.items():
        opened.choose(f"[data-range={name}]", str(value))
        given[name] = float(opened.evaluate(f"document.querySelector('[data-input={name}]').value"))
        assert given[name] == pytest.approx(value, rel=0.01)
        shown = cells(opened, "[data-result]", "result")
        for result, value in scenario_results(given).items():
            assert_shows(shown[result][0], value, RESULT_DECIMALS[result], (name, result))


def test_sliders_answer_to_the_keyboard(opened):
    before = opened.evaluate("document.querySelector('[data-result=monthly_saving]').textContent")
    opened.evaluate("document.querySelector('[data-range=items_per_month]').focus()")
    for _ in range(5):
        opened.press("ArrowRight")
    assert opened.evaluate("document.querySelector('[data-result=monthly_saving]').textContent") != before


# Accessible to all


@pytest.mark.parametrize("dark", [False, True])
def test_contrast_and_names(browser, page, dark):
    browser.open(page, dark=dark)
    browser.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert browser.evaluate(CONTRAST_BELOW) == []
    assert browser.evaluate(WITHOUT_NAME) == []
    assert browser.evaluate("document.querySelectorAll('h1, h2, h3').length") > 10
    assert browser.evaluate("[...document.querySelectorAll('th')].filter(each => !each.scope).length") == 0


CONTRAST_BELOW = """
(() => {
  const rgb = text => { const p = text.match(/[\\d.]+/g).map(Number); return [p[0], p[1], p[2], p[3] ?? 1]; };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3]));
  const linear = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => {
    const [r, g, b] = c.map(v => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = node => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const c = rgb(getComputedStyle(at).backgroundColor);
      if (c[3]) layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.checkVisibility()) continue;
    if (node.closest('script, noscript, svg, .hidden-text, .skip')) continue;
    const below = ground(node), ink = over(rgb(getComputedStyle(node).color), below);
    const [a, b] = [light(ink), light(below)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) found.add(`${node.tagName}.${node.className}: ${contrast.toFixed(2)}`);
  }
  return [...found];
})()
"""
WITHOUT_NAME = """
[...document.querySelectorAll('button, select, input, [role=img], [role=region]')]
  .filter(each => !(each.textContent.trim() || each.getAttribute('aria-label')))
  .filter(each => !(each.labels?.length || each.closest('label')))
  .map(each => each.outerHTML.slice(0, 80))
"""


# Both engines, dirty data


@pytest.mark.postgres
def test_page_is_alike_on_both_engines(dirty, browser, tmp_path):
    payloads = {}
    for target in ("duckdb", "postgres"):
        built = dirty.build("UTC", target)
        path = tmp_path / f"{target}.html"
        run("write_page", built, "--out", path)
        browser.open(path)
        assert browser.console == []
        payloads[target] = json.loads(browser.evaluate("document.getElementById('data').textContent"))
    assert_alike(payloads["duckdb"], payloads["postgres"], "")


def assert_alike(one, other, where):
    if isinstance(one, dict):
        if set(one) == {"columns", "rows"}:
            one, other = (
                {"columns": each["columns"], "rows": sorted(each["rows"], key=row_key)}
                for each in (one, other)
            )
        assert set(one) == set(other), where
        for key in one:
            assert_alike(one[key], other[key], f"{where}/{key}")
    elif isinstance(one, list):
        assert len(one) == len(other), where
        for at, (left, right) in enumerate(zip(one, other)):
            assert_alike(left, right, f"{where}/{at}")
    elif isinstance(one, float) or isinstance(other, float):
        assert (
            one is not None and other is not None and math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-6)
        ), (where, one, other)
    else:
        assert one == other, where


def row_key(row):
    return [str(value) for value in row if not isinstance(value, (int, float)) or isinstance(value, bool)]


# The monthly review


@pytest.fixture(scope="session")
def review(demo):
    folder = demo.folder / "review"
    run("write_review", demo, "--out", folder)
    return folder


def review_rows(built):
    """Rows of the marts that the sheets must hold, by sheet and key."""
    month = built.query("select max(month) as month from marts.rpt_agent_pnl where is_complete")[0]["month"]
    of = {"month": f"month = date '{month}'", "grain": f"grain = 'month' and period_start = date '{month}'"}
    marts = {
        "scorecard": ("rpt_metric_trends", of["grain"], ["name", "agent_id"]),
        "profit_and_loss": ("rpt_agent_pnl", of["month"], ["agent_id"]),
        "variance": ("rpt_cost_variance_drivers", of["month"], ["agent_id", "comparison"]),
        "costs_by_layer": ("rpt_costs_by_layer", of["grain"], ["agent_id", "cost_layer"]),
        "escalations_by_reason": (
            "rpt_escalations_by_reason",
            of["grain"],
            ["agent_id", "reason", "initiated_by"],
        ),
        "retries_by_failure_type": ("rpt_retries_by_failure_type", of["grain"], ["agent_id", "error_type"]),
        "usage_by_model": ("rpt_usage_by_model", of["grain"], ["agent_id", "provider", "model"]),
        "segments": ("rpt_segments", of["month"], ["agent_id", "dimension", "segment"]),
        "data_quality": ("audit_raw_row_counts", "true", ["source_table"]),
    }
    names = {
        row["metric_id"]: row["name"]
        for row in built.query("select metric_id, name from settings.metric_definitions")
    }
    for sheet, (mart, condition, keys) in marts.items():
        rows = built.query(f"select * from marts.{mart} where {condition}")
        for row in rows:
            row.setdefault("name", names.get(row.get("metric_id")))
        yield sheet, keys, {tuple(row[key] for key in keys): row for row in rows}


def test_csv_files_equal_the_marts(review, demo):
    for sheet, keys, expected in review_rows(demo):
        with open(review / f"{sheet}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {tuple(row[key] for key in keys) for row in rows} == set(expected) and len(rows) == len(
            expected
        )
        for row in rows:
            for name, text in row.items():
                if name in (mart := expected[tuple(row[key] for key in keys)]):
                    assert_same(text or None, mart[name], (sheet, name))


def test_workbook_equals_the_marts(review, demo):
    import openpyxl

    [path] = review.glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    titles = {"scorecard": "Scorecard", "profit_and_loss": "Profit and loss", "variance": "Why cost moved"}
    titles |= {"costs_by_layer": "Cost by layer", "escalations_by_reason": "Escalations by reason"}
    titles |= {"retries_by_failure_type": "Retries by failure type", "usage_by_model": "Usage by model"}
    titles |= {"segments": "Segments", "data_quality": "Data quality"}
    assert book.sheetnames == ["Summary", *titles.values(), "Definitions"]
    for sheet, keys, expected in review_rows(demo):
        page = book[titles[sheet]]
        with open(review / f"{sheet}.csv", encoding="utf-8", newline="") as file:
            names = next(csv.reader(file))
        assert page.freeze_panes and page.auto_filter.ref and page.max_row == len(expected) + 1
        for line in page.iter_rows(min_row=2):
            row = dict(zip(names, (cell.value for cell in line)))
            mart = expected[tuple(row[key] for key in keys)]
            for cell, (name, value) in zip(line, row.items()):
                if name in mart:
                    assert_same(value, mart[name], (sheet, name))
                if isinstance(value, float):
                    assert "0" in cell.number_format, (sheet, name)
    assert "completed" in book["Scorecard"]["C2"].comment.text


def assert_same(shown, value, where):
    """A cell, or a CSV text, is the mart's value; unknown is empty."""
    if value is None or shown is None:
        assert shown is None and value is None, (where, shown, value)
    elif isinstance(value, bool):
        assert shown in (("yes", "true") if value else ("no", "false")), where
    elif isinstance(value, (date, datetime)):
        assert str(shown)[:10] == str(value)[:10], where
    elif isinstance(value, str):
        assert shown == value, where
    else:
        assert math.isclose(float(shown), float(value), rel_tol=1e-12, abs_tol=1e-12), (where, shown, value)


def test_review_in_markdown(review):
    [path] = review.glob("*.md")
    text = path.read_text(encoding="utf-8")
    assert (
        "order_support" in text and "Deflection, abandoned" in text and "Return rate within 24 hours" in text
    )
    for block in re.findall(r"(?:^\|.*\n)+", text, flags=re.M):
        assert len({line.count("|") - line.count("\\|") for line in block.splitlines()}) == 1


def test_an_earlier_month(demo, tmp_path):
    run("write_review", demo, "--month", "2026-03", "--out", tmp_path)
    assert (tmp_path / "agent_kpis_2026-03.xlsx").stat().st_size > 10_000
    assert "March 2026" in (tmp_path / "agent_kpis_2026-03.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("script", "arguments", "part"),
    [
        ("write_review", ["--month", "2026-13"], "give a month like"),
        ("write_review", ["--month", "2031-01"], "is no complete month"),
        ("write_page", ["--target", "snowflake"], "Only the targets duckdb and postgres"),
    ],
)
def test_what_cannot_be_written_stops_with_one_sentence(demo, script, arguments, part):
    with changed_environment(demo.environment):
        done = subprocess.run(
            [sys.executable, PROJECT / "scripts" / script, *arguments], capture_output=True, text=True
        )
    lines = done.stderr.splitlines()
    assert done.returncode == 1 and len(lines) == 1 and lines[0].startswith("Error: ") and part in lines[0]


def test_no_database_stops_with_one_sentence(tmp_path):
    with changed_environment({"AGENT_KPIS_DB_PATH": str(tmp_path / "none.duckdb")}):
        done = subprocess.run(
            [sys.executable, PROJECT / "scripts" / "write_page"], capture_output=True, text=True
        )
    assert done.returncode == 1 and "Run scripts/run first." in done.stderr and "Traceback" not in done.stderr
