"""dbt in this process: a progress line instead of a log, and a failure in one sentence."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from typing import Any

from dbt.cli.main import dbtRunner, dbtRunnerResult
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from _setup import PROJECT, one_line, say, stop

# Everything printed is printed by the scripts; dbt's own account goes to logs/dbt.log.
QUIETLY = ["--log-level", "none", "--log-level-file", "info", "--no-use-colors", "--no-use-colors-file"]
HERE = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
SECONDS_BETWEEN_LINES = 5.0

console = Console(width=None if Console().is_terminal else 160, highlight=False)


class Watch:
    """Counts finished nodes while dbt works, and keeps its warnings."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self.warnings: list[str] = []
        self.progress, self.task = progress, task
        self.last_line = time.monotonic()

    def __call__(self, event: Any) -> None:
        name = event.info.name
        if name == "ConcurrencyLine":
            self.progress.update(self.task, total=event.data.node_count)
        elif name in ("NodeFinished", "SkippingDetails"):
            # dbt leaves unit tests out of the total it announces
            if event.data.node_info.resource_type != "unit_test":
                self.progress.advance(self.task)
            self.print_line()
        elif event.info.level == "warn" and name != "LogTestResult":
            self.warnings.append(one_line(event.info.msg.removeprefix("[WARNING]: ")))

    def print_line(self) -> None:
        """Where no bar can be drawn, a line now and then."""
        if not console.is_terminal and time.monotonic() - self.last_line > SECONDS_BETWEEN_LINES:
            self.last_line = time.monotonic()
            task = self.progress.tasks[0]
            say(f"  {task.completed:.0f} of {task.total or 0:.0f} steps done")


def invoke(command: str, *arguments: str, what: str) -> tuple[dbtRunnerResult, list[str]]:
    """Run one dbt command; what came of it, and its warnings."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        watch = Watch(progress, progress.add_task(what, total=None))
        if not console.is_terminal:
            say(f"{what} ...")
        result = dbtRunner(callbacks=[watch]).invoke([*command.split(), *HERE, *QUIETLY, *arguments])
    return result, watch.warnings


def read(query: str, where: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a query that may use ref(), read where the build wrote."""
    shown = dbtRunner().invoke(
        ["show", *HERE, "--log-level", "none", "--log-level-file", "none", "--no-write-json", *where]
        + ["--inline", query, "--limit", "-1"]
    )
    if not shown.success:
        stop("; ".join(failures(shown)))
    table: Any = shown.result.results[0].agate_table  # type: ignore[union-attr]
    return [dict(zip(table.column_names, row)) for row in table.rows]


def connection(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The target of a dbt command, and those of its arguments that say where it works and with which vars."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-t", "--target")
    parser.add_argument("--vars")
    parser.add_argument("--profile")
    parser.add_argument("--profiles-dir")
    given = vars(parser.parse_known_args(arguments)[0])
    repeated = [f"--{name.replace('_', '-')}={value}" for name, value in given.items() if value is not None]
    return given["target"] or os.environ.get("DBT_TARGET") or "duckdb", repeated


def release_database() -> None:
    """dbt-duckdb keeps its file open after a command; other processes can read it only after this."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()


def failures(result: dbtRunnerResult) -> list[str]:
    """What went wrong, one sentence each."""
    if result.exception is not None:
        return [one_line(str(result.exception))]
    return [sentence(each) for each in getattr(result.result, "results", []) if is_failure(each)]


def is_failure(node_result: Any) -> bool:
    return node_result.status in ("error", "fail", "runtime error", "partial success")


def sentence(node_result: Any) -> str:
    """A failed test is told by its description; a sentence that a test raised stands as it is."""
    node, message = node_result.node, node_result.message or str(node_result.status)
    if node.resource_type == "test":
        if node_result.status in ("fail", "warn"):
            rule = one_line(node.description) or f"the test {node.name} found something"
            return f"{rule.rstrip('.')} (rows: {node_result.failures})."
        if message.startswith("Compilation Error"):
            return one_line(message)
    return f"{node.resource_type} {node.name}: {one_line(message)}"
