"""The registry of metrics: which side is better, the unit, and the metric to be read beside it."""

import csv
from functools import lru_cache
from pathlib import Path

REGISTRY = Path(__file__).resolve().parents[3] / "seeds" / "registry" / "metric_definitions.csv"


@lru_cache(maxsize=None)
def definitions():
    with REGISTRY.open(newline="", encoding="utf-8") as file:
        return {
            row["metric_id"]: {key: text or None for key, text in row.items()}
            for row in csv.DictReader(file)
        }
