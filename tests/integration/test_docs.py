"""The pages of the documentation keep up with the project: nothing a reader may look for is missing, no link is dead."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)]*)?\)")


def text(page: str) -> str:
    return (PROJECT / page).read_text(encoding="utf-8")


def missing(names: list[str], pages: list[str]) -> list[str]:
    assert names
    words = "\n".join(map(text, pages))
    return [name for name in names if not re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", words)]


def raw_columns() -> dict[str, list[str]]:
    sources = yaml.safe_load(text("models/staging/native/_native.yml"))["sources"]
    return {
        table["name"]: [column["name"] for column in table["columns"]]
        for source in sources
        for table in source["tables"]
    }


def test_every_metric_is_explained() -> None:
    with open(PROJECT / "seeds" / "registry" / "metric_definitions.csv", encoding="utf-8", newline="") as seed:
        metrics = [row["metric_id"] for row in csv.DictReader(seed)]
    assert missing(metrics, ["docs/metrics.md"]) == []


def test_every_raw_column_is_listed() -> None:
    page = text("docs/raw_tables.md")
    for table, columns in raw_columns().items():
        assert missing([table, *columns], ["docs/raw_tables.md"]) == [], table
    assert "source_system" in page


def test_every_setting_is_listed() -> None:
    project = yaml.safe_load(text("dbt_project.yml"))
    seeds = [file.stem for file in (PROJECT / "seeds" / "settings").glob("*.csv")]
    pages = ["docs/settings.md", *(str(page.relative_to(PROJECT)) for page in (PROJECT / "docs/adapters").glob("*.md"))]
    assert missing([*seeds, *project["vars"]], pages) == []


def test_every_mart_is_named() -> None:
    marts = [file.stem for file in (PROJECT / "models" / "marts").rglob("*.sql")]
    assert missing(marts, [str(page.relative_to(PROJECT)) for page in PAGES]) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
