"""The house style, as far as files show it: short lines, short models, a grain and a key for each of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = ("models", "macros", "tests", "analyses", "seeds", "packages", "scripts", "docs")
COLUMNS, LINES = 110, 80
# Models without a key of their own, by a pattern of their names, and why.
WITHOUT_KEY = {
    r"(base|stg)_(?!settings).*": "rows as systems deliver them, some twice: int_records__* have the keys",
    r"int_costs__(?!lines$).*": "one layer each of int_costs__lines, which has the key",
    r"audit_rejected_records": "a broken row may have come twice",
}
MACHINE_PATH = re.compile(r"(?<![\w.}/])/(?:work|home|root|tmp|Users|mnt)/")


def files(*endings: str) -> list[Path]:
    found = [file for folder in FOLDERS for file in (PROJECT / folder).rglob("*")]
    return sorted(file for file in [*found, *PROJECT.glob("*")] if file.suffix in endings)


def name(file: Path) -> str:
    return str(file.relative_to(PROJECT))


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def models() -> dict[str, dict[str, Any]]:
    """What the property files say of each model; of those that none describes, nothing."""
    described = {file.stem: {} for file in (PROJECT / "models").rglob("*.sql")}
    for file in (PROJECT / "models").rglob("*.yml"):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        described |= {model["name"]: model for model in content.get("models", [])}
    return described


def has_key(model: dict[str, Any]) -> bool:
    tests = [*model.get("data_tests", [])]
    tests += [test for column in model.get("columns", []) for test in column.get("data_tests", [])]
    names = {test if isinstance(test, str) else next(iter(test)) for test in tests}
    return bool(names & {"unique", "dbt_utils.unique_combination_of_columns"})


def test_lines_of_sql_are_short() -> None:
    found = [
        f"{name(file)}:{number}: {len(line)} columns"
        for file in files(".sql")
        for number, line in enumerate(lines(file), start=1)
        if len(line) > COLUMNS
    ]
    assert not found


def test_models_are_short() -> None:
    counted = {name(file): len(lines(file)) for file in (PROJECT / "models").rglob("*.sql")}
    assert counted
    assert {file: count for file, count in counted.items() if count > LINES} == {}


def test_every_description_begins_with_the_grain() -> None:
    grains = ("One row per ", "One row, ")  # audit_run has one row in all
    found = models()
    assert [each for each in found if not found[each].get("description", "").startswith(grains)] == []


def test_every_model_has_a_key() -> None:
    without = [each for each, model in models().items() if not has_key(model)]
    assert [each for each in without if not re.fullmatch("|".join(WITHOUT_KEY), each)] == []


@pytest.mark.parametrize("pattern", WITHOUT_KEY)
def test_every_exemption_is_needed(pattern: str) -> None:
    assert any(re.fullmatch(pattern, each) and not has_key(model) for each, model in models().items())


def test_no_file_names_a_path_of_a_machine() -> None:
    found = [
        f"{name(file)}:{number}: {line.strip()}"
        for file in files(".sql", ".md", ".yml")
        for number, line in enumerate(lines(file), start=1)
        if MACHINE_PATH.search(line)
    ]
    assert not found


@pytest.mark.parametrize("text", ["/home/ann/raw", "'/tmp/raw'", "(/work/project)"])
def test_paths_of_a_machine_are_told_from_pointers(text: str) -> None:
    assert MACHINE_PATH.search(text)
    assert not MACHINE_PATH.search("`metadata/work_item_id`, data/tmp/raw and '/work_item_id'")
