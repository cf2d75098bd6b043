"""The monthly business review as a workbook, as Markdown and as CSV files."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from _marts import Row
from _review import BY_UNIT, COUNT, DATE, MONEY, PERCENT, RATIO, TEXT, YES_NO, Column, Review, Sheet
from _wording import EFFECTS, LAYERS, STATES, change, day_name, number, rounded, short_month, words

FORMATS = {MONEY: "#,##0.00", RATIO: "#,##0.00", PERCENT: "#,##0.0", COUNT: "#,##0", DATE: "yyyy-mm-dd"}
UNIT_FORMATS = {
    "USD": "#,##0.00",
    "percent": "#,##0.0",
    "tokens": "#,##0",
    "seconds": "#,##0.0",
    "minutes": "#,##0.0",
    "points": "#,##0.0",
    "FTE": "#,##0.00",
    "count": "#,##0",
    "rating": "0.00",
    "score": "0.0",
}
STATUS_COLOURS = {
    "alarm": ("#AD1F1A", "#FCE8E6"),
    "drifting": ("#7D4C00", "#FDF0D8"),
    "off_target": ("#7D4C00", "#FDF0D8"),
    "suspicious": ("#63369A", "#F1E9FA"),
    "on_target": ("#146347", "#E5F4EC"),
    "retire": ("#AD1F1A", "#FCE8E6"),
    "performance_plan": ("#AD1F1A", "#FCE8E6"),
    "watch": ("#7D4C00", "#FDF0D8"),
    "performing": ("#146347", "#E5F4EC"),
}
BESIDE = {
    "deflection_rate": ["deflection_abandoned_rate"],
    "headcount_equivalent_saved": ["active_human_agents", "human_minutes"],
}
FIXED_COLUMNS = {"scorecard": 5, "definitions": 2}  # kept in sight when scrolling sideways; else the first


def write_workbook(review: Review, path: Path) -> None:
    import xlsxwriter

    # Text stays text, also where a log names an agent like a formula.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": review.title, "comments": f"Data as of {review.run['data_as_of']} UTC"})
        write_summary(book, review)
        for sheet in review.sheets:
            write_sheet(book, sheet)


def write_summary(book: Any, review: Review) -> None:
    page = book.add_worksheet("Summary")
    page.hide_gridlines(2)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 18)
    page.set_column(2, 2, 110)
    bold, soft = book.add_format({"bold": True}), book.add_format({"font_color": "#56616F"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.write_string(0, 0, review.title, book.add_format({"bold": True, "font_size": 16}))
    page.write_string(1, 0, as_of(review), soft)
    line = 3
    for text in summary_of_all(review):
        page.write_string(line, 0, text)
        line += 1
    line += 1
    for column, head in enumerate(("Agent", "State", "Why")):
        page.write_string(line, column, head, bold)
    for card in review.attention["agents"]:
        line += 1
        page.write_string(line, 0, card["agent_id"], wrap)
        page.write_string(line, 1, STATES.get(card["state"], "Not rated"), wrap)
        page.write_string(line, 2, card_text(card), wrap)
    if review.attention["care"]:
        line += 2
        page.write_string(line, 0, "Read with care", bold)
        for item in review.attention["care"]:
            line += 1
            page.write_string(line, 0, item["agent_id"], wrap)
            page.write_string(line, 2, item["text"], wrap)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def write_sheet(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title)
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF0F3"}
    )
    formats = {
        text: book.add_format({"num_format": text, "valign": "top"})
        for text in {*FORMATS.values(), *UNIT_FORMATS.values()}
    }
    plain = book.add_format({"valign": "top", "text_wrap": sheet.file == "definitions"})
    coloured = {
        word: book.add_format({"font_color": ink, "bg_color": ground, "valign": "top"})
        for word, (ink, ground) in STATUS_COLOURS.items()
    }
    told: set[str] = set()
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.head, head)
        if column.note:
            page.write_comment(0, at, column.note, {"x_scale": 2})
    for line, row in enumerate(sheet.rows, start=1):
        for at, column in enumerate(sheet.columns):
            value = row[column.name]
            if value is None:
                continue  # an empty cell: unknown is not 0
            if column.kind in (TEXT, YES_NO):
                text = ("yes" if value else "no") if column.kind == YES_NO else str(value)
                page.write_string(line, at, text, coloured.get(text, plain))
            elif column.kind == DATE:
                page.write_datetime(line, at, date.fromisoformat(value), formats[FORMATS[DATE]])
            else:
                page.write_number(line, at, value, formats[format_of(column, row)])
        if sheet.file == "scorecard" and row["metric_id"] not in told:
            told.add(row["metric_id"])
            page.write_comment(line, 2, row["description"], {"x_scale": 2.5, "y_scale": 1.6})
    page.freeze_panes(1, FIXED_COLUMNS.get(sheet.file, 1))
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def format_of(column: Column, row: Row) -> str:
    return UNIT_FORMATS.get(row["unit"], FORMATS[RATIO]) if column.kind == BY_UNIT else FORMATS[column.kind]


def write_csv_files(review: Review, folder: Path) -> list[Path]:
    """One file per sheet: the marts' column names and unrounded values, nothing where a value is unknown."""
    written = []
    for sheet in review.sheets:
        path = folder / f"{sheet.file}.csv"
        names = [column.name for column in sheet.columns]
        with open(path, "w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(names)
            lines.writerows([csv_value(row[name]) for name in names] for row in sheet.rows)
        written.append(path)
    return written


def csv_value(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # A sheet takes text that begins like a formula for one.
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        return f"'{value}"
    return value


def markdown(review: Review) -> str:
    scorecard, profit = review.sheet("scorecard"), review.sheet("profit_and_loss")
    parts = [f"# {review.title}", "", as_of(review), "", *summary_of_all(review), ""]
    for card in review.attention["agents"]:
        state = STATES.get(card["state"], "Not rated").lower()
        parts.append(f"- **{escaped(card['agent_id'])}**, {state}: {escaped(card_text(card))}")
    if review.attention["care"]:
        parts += ["", "Read with care:", ""]
        parts += [
            f"- {escaped(item['agent_id'])}: {escaped(item['text'])}" for item in review.attention["care"]
        ]
    agents = sorted({row["agent_id"] for row in scorecard.rows} - {"all"}) + ["all"]
    for name, title in (("agent", "Agent KPIs"), ("support", "Support metrics")):
        parts += ["", f"## {title}", "", *scorecard_table(scorecard, name, agents)]
    parts += ["", "## Profit and loss, USD", "", *profit_table(profit)]
    parts += ["", "## Why cost per outcome moved, USD", "", *variance_table(review.sheet("variance"))]
    parts += ["", "## Cost by layer, USD", "", *layer_table(review.sheet("costs_by_layer"), agents)]
    parts += [
        "",
        "Empty cells are unknown, not 0. The CSV files beside this one hold every number unrounded.",
    ]
    return "\n".join(parts) + "\n"


def lines_of_table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def scorecard_table(scorecard: Sheet, metric_set: str, agents: list[str]) -> list[str]:
    by_metric: dict[str, dict[str, Row]] = {}
    for row in scorecard.rows:
        by_metric.setdefault(row["metric_id"], {})[row["agent_id"]] = row
    rows = []
    for metric in in_order(by_metric, metric_set):
        of_metric = by_metric[metric]
        first = next(iter(of_metric.values()))
        cells = [scorecard_cell(of_metric.get(agent)) for agent in agents]
        rows.append([f"{first['name']}, {first['unit']}", *cells])
    return lines_of_table(["", *map(escaped, agents)], rows)


def in_order(by_metric: dict[str, dict[str, Row]], metric_set: str) -> list[str]:
    """The metrics of a set, each followed by what it must not be read without."""
    listed = []
    for metric, of_metric in by_metric.items():
        if next(iter(of_metric.values()))["metric_set"] == metric_set:
            listed += [metric, *(each for each in BESIDE.get(metric, ()) if each in by_metric)]
    return listed


def scorecard_cell(row: Row | None) -> str:
    if row is None or row["value"] is None:
        return ""
    figure = number(row["value"], row["unit"]).split(" ")[0]
    return figure if row["status"] in (None, "no_target") else f"{figure} {words(row['status'])}"


def profit_table(profit: Sheet) -> list[str]:
    rows = [
        [
            escaped(row["agent_id"]),
            STATES.get(row["lifecycle_state"], ""),
            *(amount(row[name]) for name in ("total_value", "total_cost", "margin", "cumulative_margin")),
            short_month(row["payback_month"]) if row["payback_month"] else "",
            amount(row["cost_per_outcome"]),
            amount(row["cost_vs_baseline_pct"]),
        ]
        for row in profit.rows
    ]
    head = [
        "Agent",
        "State",
        "Value",
        "Cost",
        "Margin",
        "Since deployment",
        "Paid back",
        "Cost per outcome",
        "% of baseline",
    ]
    return lines_of_table(head, rows)


def variance_table(variance: Sheet) -> list[str]:
    names = ["base_cost_per_outcome", *EFFECTS, "actual_cost_per_outcome"]
    rows = [
        [escaped(row["agent_id"]), escaped(words(row["comparison"])), *(amount(row[name]) for name in names)]
        for row in variance.rows
    ]
    return lines_of_table(["Agent", "Against", "Base", *EFFECTS.values(), "Actual"], rows)


def layer_table(layers: Sheet, agents: list[str]) -> list[str]:
    costs = {(row["cost_layer"], row["agent_id"]): row["cost"] for row in layers.rows}
    known = sorted({layer for layer, _ in costs}, key=lambda layer: [*LAYERS, layer].index(layer))
    rows = [
        [LAYERS.get(layer, layer), *(amount(costs.get((layer, agent))) for agent in agents)]
        for layer in known
    ]
    return lines_of_table(["Layer", *map(escaped, agents)], rows)


def amount(value: float | None) -> str:
    return "" if value is None else rounded(value, 2)


def escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def as_of(review: Review) -> str:
    run = review.run
    day, time = day_name(run["data_as_of"][:10]), run["data_as_of"][11:16]
    return f"Data as of {day}, {time} UTC; months in {run['reporting_timezone']}."


def summary_of_all(review: Review) -> list[str]:
    return ["All agents: " + " ".join(point["text"] for point in review.attention["programme"]["points"])]


def card_text(card: Row) -> str:
    """The card of the page in sentences."""
    parts = [f"margin {change(card['margin'])}"] if card["margin"] is not None else []
    if card["cost_vs_baseline_pct"] is not None:
        parts.append(
            f"an outcome costs {number(card['cost_vs_baseline_pct'], 'percent')} of the human baseline"
        )
    parts.append(f"{card['on_target']} of {card['with_target']} KPIs on target")
    text = (
        "; ".join(parts) + ". " + " ".join(f"{point['label']}: {point['text']}" for point in card["points"])
    )
    if card["worst"]:
        worst = "; ".join(
            f"{alarm['name']} {alarm['value']} (target {alarm['target']})" for alarm in card["worst"]
        )
        text += f" Furthest from target: {worst}."
    return text[0].upper() + text[1:]
