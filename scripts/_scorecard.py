"""The scorecard at the end of a run: agents × agent KPIs of the latest week and month, in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = dict[str, Any]

# A word stands for each status, so that nothing hangs on colour.
STATUSES = {
    "on_target": ("ok", "green", "on target"),
    "off_target": ("off", "yellow", "off target, within the threshold"),
    "drifting": ("drift", "yellow", "away from target or forecast"),
    "suspicious": ("odd", "magenta", "too good to be true"),
    "alarm": ("ALARM", "bold red", "beyond the alarm bound"),
}
# How a unit is written, and with how many decimals.
UNITS = {
    "USD": ("USD", 2),
    "percent": ("%", 1),
    "tokens": ("tokens", 0),
    "seconds": ("s", 1),
    "minutes": ("min", 1),
    "points": ("points", 1),
    "FTE": ("FTE", 2),
}
MAX_AGENTS = 7


def print_scorecard(console: Console, rows: Sequence[Row], metrics: Sequence[str]) -> None:
    """Print one table per period, of rows of rpt_scorecard; metrics gives the order."""
    if not rows:
        console.print("The scorecard is empty: the data hold no activity of any agent.")
        return
    for grain in ("week", "month"):
        if of_grain := [row for row in rows if row["grain"] == grain]:
            print_period(console, sorted(of_grain, key=lambda row: metrics.index(row["metric_id"])))
    console.print("; ".join(f"[{style}]{word}[/] = {meaning}" for word, style, meaning in STATUSES.values()))


def print_period(console: Console, rows: Sequence[Row]) -> None:
    start = rows[0]["period_start"]
    title = f"Week of {start:%Y-%m-%d}" if rows[0]["grain"] == "week" else f"Month {start:%Y-%m}"
    if not rows[0]["is_complete"]:
        title += ", incomplete: the data end within it"
    agents = sorted({row["agent_id"] for row in rows} - {"all"})
    shown = [*agents[:MAX_AGENTS], "all"]
    table = Table("agent KPI", box=box.SIMPLE_HEAD)
    for agent in shown:
        table.add_column(Text(agent), justify="right", overflow="fold")
    cells = {(row["metric_id"], row["agent_id"]): row for row in rows}
    for metric in dict.fromkeys(row["metric_id"] for row in rows):
        of_metric = [cells.get((metric, agent)) for agent in shown]
        label = next(f"{row['name']} ({UNITS[row['unit']][0]})" for row in rows if row["metric_id"] == metric)
        table.add_row(Text(label), *(cell(row) for row in of_metric))
    console.print()
    console.print(title, style="bold")
    console.print(table)
    if len(agents) > MAX_AGENTS:
        console.print(f"{len(agents) - MAX_AGENTS} more agents are in marts.rpt_scorecard.")
    missing = {row["agent_id"]: row["missing_cost_layers"] for row in rows if row["missing_cost_layers"]}
    for layers in sorted(set(missing.values())):
        if concerned := [agent for agent in shown if missing.get(agent) == layers]:
            console.print(f"Costs without {layers}: {', '.join(concerned)}.", markup=False)


def cell(row: Row | None) -> Text:
    """The value and, in a word, how it stands to its target."""
    if row is None or row["value"] is None:
        return Text("-", style="dim")
    value = float(row["value"])
    decimals = UNITS[row["unit"]][1]
    if row["unit"] == "USD" and 0 < abs(value) < 1:
        decimals = 4
    word, style, _ = STATUSES.get(row["status"] or "", ("", "", ""))
    return Text.assemble(f"{value:,.{decimals}f}", " ", (f"{word:<5}", style))
