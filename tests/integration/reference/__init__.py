"""An independent reference implementation of the project's definitions.

Plain Python, row by row, exact fractions: slow, simple, and written from the definitions alone, never from the
SQL. The integration tests compare the marts with it. `compute` takes raw tables as lists of text rows.
"""

from dataclasses import dataclass, replace

from .costs import ledger as build_ledger
from .facts import Facts, Options
from .metrics import Measure, Metrics
from .settings import Settings, read_settings
from .staging import greatest_loaded_at, orphaned_references, stage_all

__all__ = ["Measure", "Options", "Result", "Settings", "compute", "read_settings"]


@dataclass
class Result:
    staged: dict
    facts: Facts
    ledger: list
    metrics: Metrics
    measures: dict  # (metric_id, grain, period_start, agent_id) -> Measure
    orphans: dict


def compute(raw, settings_rows, options=Options()):
    """raw: {table: [{column: text or None}]}, an absent key is a missing table."""
    settings = Settings(settings_rows)
    staged = stage_all(raw, settings)
    data_as_of = options.data_as_of or greatest_loaded_at(raw)
    facts = Facts(staged, settings, options, data_as_of)
    ledger = build_ledger(facts)
    metrics = Metrics(facts, ledger)
    measures = {
        key: replace(measure, is_complete=metrics.is_complete(key[1], key[2]))
        for key, measure in metrics.compute().items()
    }
    return Result(staged, facts, ledger, metrics, measures, orphaned_references(staged))
