"""The scripts: set-up that survives a kill, settings copied with care, failures told in one sentence."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import psycopg2
import pytest
import yaml
from rich.console import Console

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "scripts"))

import _data_quality  # noqa: E402
import _dbt  # noqa: E402
import _inputs  # noqa: E402
import _scorecard  # noqa: E402
import _setup  # noqa: E402
from postgres_server import PostgresMissing, temporary_postgres  # noqa: E402

PRICES = {"model": "text", "valid_from": "date", "price": "decimal(18, 6)"}


def script(name: str) -> ModuleType:
    module = ModuleType(name)
    SourceFileLoader(name, str(PROJECT / "scripts" / name)).exec_module(module)
    return module


def sentence_of(capsys: pytest.CaptureFixture[str]) -> str:
    """What a script said at its end: one line, one sentence."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and lines[0].startswith("Error: ") and lines[0].endswith(".")
    return lines[0]


# Settings


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "is empty"),
        (b"model;valid_from;price\na;2025-01-01;1\n", "separated by semicolons"),
        (b"model,colour\na,red\n", "unknown column 'colour'"),
        (b"model,price,\na,1,\n", "unknown column ''"),
        (b"model,price,model\na,1,b\n", "'model' twice"),
        (b"model,price\na\n", "line 2: 1 values under 2 column names"),
        (b"model,price\na,1,2\n", "line 2: 3 values under 2 column names"),
        (b"model,price\na,1\n\nb,one\n", "line 4: price is 'one', which is no number"),
        (b"model,price\na,NaN\n", "no number"),
        (b"model,price\na,1234567890123\n", "too large"),
        (b"model,valid_from\na,2025-02-30\n", "valid_from is '2025-02-30', which is no date"),
        (b"model,valid_from\na,20250201\n", "no date"),
        (b'model,price\n"a"b,1\n', "is not CSV"),
        (b'model,price\n"a,1\n', "is not CSV"),
        ("model,price\nü,1\n".encode("latin-1"), "UTF-8"),
        (b"PAR1\x00\xff\xfe", "UTF-8"),
    ],
)
def test_broken_settings_stop_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, part: str
) -> None:
    file = tmp_path / "prices.csv"
    file.write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        _inputs.read_settings(file, PRICES)
    assert stopped.value.code == 1
    sentence = sentence_of(capsys)
    assert str(file) in sentence and part in sentence


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two settings files of its own; the users' folder is returned."""
    own, users = tmp_path / "own", tmp_path / "user's own"
    own.mkdir()
    users.mkdir()
    (own / "prices.csv").write_text("model,valid_from,price\nours,2025-01-01,1\n")
    (own / "rates.csv").write_text("model,valid_from,price\nours,,2\n")
    monkeypatch.setattr(_inputs, "OWN_SETTINGS", own)
    monkeypatch.setattr(_inputs, "COPIED_SETTINGS", tmp_path / ".settings")
    monkeypatch.setattr(_inputs, "seed_columns", lambda: {"prices": PRICES, "rates": PRICES})
    monkeypatch.setenv("AGENT_KPIS_SETTINGS_PATH", str(users))
    monkeypatch.setenv("AGENT_KPIS_SETTINGS_DIR", "")
    return users


def test_settings_are_copied_in_the_projects_column_order(own_settings: Path, tmp_path: Path) -> None:
    given = '\ufeffPrice, model\r\n"1,5","a ""b"""\r\n3,c\r\n'.replace("1,5", "1.5").encode()
    (own_settings / "prices.csv").write_bytes(given)
    (own_settings / "metric_definitions.csv").write_text("metric_id\nmine\n")
    (own_settings / "notes.txt").write_text("mine")
    _inputs.use_settings()
    assert os.environ["AGENT_KPIS_SETTINGS_DIR"] == ".settings"
    copied = tmp_path / ".settings"
    assert sorted(file.name for file in copied.iterdir()) == ["prices.csv", "rates.csv"]
    assert (copied / "prices.csv").read_text() == 'model,valid_from,price\n"a ""b""",,1.5\nc,,3\n'
    assert (copied / "rates.csv").read_text() == "model,valid_from,price\nours,,2\n"
    assert (own_settings / "prices.csv").read_bytes() == given


def test_a_file_taken_away_gives_way_to_the_projects_own(own_settings: Path, tmp_path: Path) -> None:
    (own_settings / "prices.csv").write_text("model\na\n")
    (own_settings / "rates.csv").write_text("model\na\n")
    _inputs.use_settings()
    (own_settings / "rates.csv").unlink()
    (tmp_path / ".settings.new").mkdir()  # left by a killed run
    _inputs.use_settings()
    assert "ours" in (tmp_path / ".settings" / "rates.csv").read_text()


def test_a_folder_without_settings_leaves_the_projects_own(own_settings: Path, tmp_path: Path) -> None:
    _inputs.use_settings()
    assert "ours" in (tmp_path / ".settings" / "prices.csv").read_text()


def test_settings_that_are_no_folder_stop(own_settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_settings.rmdir()
    with pytest.raises(SystemExit):
        _inputs.use_settings()
    assert "which is no folder" in sentence_of(capsys)


def test_settings_of_the_project_are_readable_and_typed() -> None:
    columns = _inputs.seed_columns()
    files = [*_inputs.OWN_SETTINGS.glob("*.csv"), *(PROJECT / "seeds" / "registry").glob("*.csv")]
    assert files
    for file in files:
        assert file.read_text().split("\n")[0] == ",".join(columns[file.stem]), file.name
        _inputs.read_settings(file, columns[file.stem])


def test_paths_count_from_the_callers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AGENT_KPIS_RAW_PATH", "my logs")
    monkeypatch.setenv("AGENT_KPIS_DB_PATH", "")
    _inputs.enter_project()
    assert os.environ["AGENT_KPIS_RAW_PATH"] == str(tmp_path / "my logs")
    assert "AGENT_KPIS_DB_PATH" not in os.environ
    assert Path.cwd() == PROJECT


# Set-up


@pytest.fixture
def fresh_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with a blank in its name and nothing made yet."""
    project = tmp_path / "a project"
    shutil.copytree(PROJECT / "packages", project / "packages")
    shutil.copy(PROJECT / "packages.yml", project)
    (project / "scripts").mkdir()
    (project / "requirements.txt").write_text("nothing==1\n")
    for module in (_setup, _inputs):
        monkeypatch.setattr(module, "PROJECT", project)
    monkeypatch.setattr(_setup, "VENV", project / ".venv")
    monkeypatch.setattr(_setup, "VENV_PYTHON", project / ".venv" / "bin" / "python")
    return project


def test_an_environment_made_half_is_made_again(fresh_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(command: list[Any], **_: Any) -> subprocess.CompletedProcess[str]:
        made.append("pip" if "pip" in command else "venv")
        _setup.VENV_PYTHON.parent.mkdir(parents=True, exist_ok=True)
        _setup.VENV_PYTHON.touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(_setup.subprocess, "run", make)
    _setup.make_environment()
    _setup.make_environment()
    assert made == ["venv", "pip"]
    (_setup.VENV / "requirements.sha256").unlink()
    _setup.make_environment()
    (fresh_project / "requirements.txt").write_text("nothing==2\n")
    _setup.make_environment()
    assert made == ["venv", "pip"] * 3


def test_packages_that_cannot_be_installed_stop_with_one_sentence(
    fresh_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail_in_pip(command: list[Any], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(
            command, int("pip" in command), "", "WARNING: slow\nERROR: no index.\n"
        )

    monkeypatch.setattr(_setup.subprocess, "run", fail_in_pip)
    with pytest.raises(SystemExit):
        _setup.make_environment()
    assert "could not be installed: ERROR: no index." in sentence_of(capsys)
    assert not (_setup.VENV / "requirements.sha256").exists()


@pytest.mark.parametrize("hub_answers", [True, False])
def test_the_stand_in_is_placed_where_the_hub_is_out_of_reach(
    fresh_project: Path, monkeypatch: pytest.MonkeyPatch, hub_answers: bool
) -> None:
    package = fresh_project / "dbt_packages" / "dbt_utils"
    asked: list[bool] = []

    def ask_hub() -> bool:
        asked.append(True)
        package.mkdir(parents=True, exist_ok=True)
        (package / "dbt_project.yml").write_text("name: of the hub, or half of it\n")
        return hub_answers

    monkeypatch.setattr(_setup, "ask_hub", ask_hub)
    _setup.place_packages()
    _setup.place_packages()
    assert len(asked) == 1
    assert (package / "macros").is_dir() is not hub_answers
    shutil.rmtree(package)
    monkeypatch.setenv("AGENT_KPIS_OFFLINE", "1")
    _setup.place_packages()
    assert len(asked) == 1
    assert (package / "macros").is_dir()


def test_asking_the_hub_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_setup, "HUB_SECONDS", 0.2)
    monkeypatch.setattr(_setup, "ASK_HUB", "import time; print('ready', flush=True); time.sleep(60)")
    assert _setup.ask_hub() is False
    monkeypatch.setattr(_setup, "ASK_HUB", "print('ready', flush=True)")
    assert _setup.ask_hub() is True


def test_demo_data_are_made_once(fresh_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = fresh_project / "data" / "demo"
    generator = fresh_project / "scripts" / "generate_demo_data"
    code = "import sys, pathlib; out = pathlib.Path(sys.argv[2]); out.mkdir(parents=True, exist_ok=True)\n"
    generator.write_text(code + "(out / 'rows').write_text('first')")
    _inputs.make_demo_data(folder)
    (folder / "rows").write_text("kept")
    _inputs.make_demo_data(folder)
    assert (folder / "rows").read_text() == "kept"
    generator.write_text(code + "(out / 'rows').write_text('second')")
    _inputs.make_demo_data(folder)
    assert (folder / "rows").read_text() == "second"
    generator.write_text("raise SystemExit(1)")
    with pytest.raises(SystemExit):
        _inputs.make_demo_data(folder)
    assert "could not be made" in sentence_of(capsys)


# What is said


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("week_start must be 1 to 7.", "week_start must be 1 to 7."),
        (
            "Compilation Error in operation agent_kpis-on-run-start-0 (./dbt_project.yml)\n  No zone.\n  \n"
            "  > in macro stop (macros/x.sql)\n  > called by operation agent_kpis-on-run-start-0",
            "No zone.",
        ),
        (
            "Runtime Error in model a (models/a.sql)\n  Binder Error: no column b\n  \n"
            "  LINE 2: select b\n          ^\n  compiled code at target/run/a.sql",
            "Binder Error: no column b",
        ),
        ("Nothing found", "Nothing found"),
    ],
)
def test_messages_of_dbt_become_one_line(message: str, sentence: str) -> None:
    assert _setup.one_line(message) == sentence


def test_arguments_that_say_where_are_told_apart() -> None:
    arguments = ["--select", "a", "-t", "postgres", "--vars={week_start: 7}", "--full-refresh"]
    assert _dbt.connection(arguments) == ("postgres", ["--target=postgres", "--vars={week_start: 7}"])
    assert _dbt.connection(["--select", "a"])[0] == "duckdb"


def test_a_run_says_what_its_data_lack() -> None:
    counts = {"rows_read": 1200, "rows_kept": 1150, "rows_superseded": 0, "rows_duplicate": 0}
    answers = {
        "raw_row_counts": [
            {**counts, "source_table": "messages", "rows_rejected": 50, "rows_excluded": 0},
            {**counts, "source_table": "api_calls", "rows_rejected": 48, "rows_excluded": 2},
        ],
        "missing_tables": [{"table_name": "handoffs"}],
        "unpriced_calls": [{"reason": "no_price", "calls": 5}],
    }
    lines = _data_quality.sentences(lambda sql: next(answers[name] for name in answers if name in sql))
    assert lines == [
        "2,400 rows read = 2,300 kept + 98 rejected + 2 excluded",
        "98 rejected (messages 50, api_calls 48): audit_rejected_records says why",
        "2 excluded (api_calls 2): audit_excluded_calls says by which rule",
        "no handoffs: audit_missing_tables says which metrics stay empty",
        "5 calls of unknown cost (no_price 5): audit_unpriced_calls says which",
    ]


def test_the_scorecard_says_status_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    row = {
        "grain": "week",
        "period_start": date(2026, 2, 16),
        "agent_id": "all",
        "metric_id": "cost_per_outcome",
        "name": "Cost per outcome",
        "unit": "USD",
        "value": 0.12162,
        "status": "alarm",
        "is_complete": False,
        "missing_cost_layers": "vector_db",
    }
    rows = [
        row,
        row | {"agent_id": "[red]a", "value": None, "status": "no_data", "missing_cost_layers": None},
    ]
    _scorecard.print_scorecard(Console(width=140), rows, ["cost_per_outcome"])
    said = capsys.readouterr().out
    assert "Week of 2026-02-16, incomplete" in said
    assert "0.1216 ALARM" in said
    assert "[red]a" in said
    assert "Costs without vector_db: all." in said


# A whole run


@pytest.fixture(scope="module")
def other_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a copy of the project in `a project`, beside raw files and settings."""
    place = tmp_path_factory.mktemp("a place")
    unwanted = shutil.ignore_patterns(".git", ".venv", "target", "logs", "data", "*.duckdb*", "__pycache__")
    shutil.copytree(PROJECT, place / "a project", ignore=unwanted)
    (place / "a project" / ".venv").symlink_to(_setup.VENV)
    generator = PROJECT / "scripts" / "generate_demo_data"
    arguments = ["--out", str(place / "my logs"), "--api-calls", "1000"]
    subprocess.run([sys.executable, generator, *arguments], check=True)
    (place / "my rates").mkdir()
    (place / "my rates" / "reviewer_rates.csv").write_text("hourly_rate_usd,reviewer_role\n99,default\n")
    return place


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    variables = {
        "AGENT_KPIS_RAW_PATH": "my logs",
        "AGENT_KPIS_DB_PATH": "my marts.duckdb",
        "AGENT_KPIS_SETTINGS_PATH": "my rates",
    }
    return subprocess.run(
        ["a project/scripts/run", *arguments],
        cwd=place,
        env=os.environ | variables,
        capture_output=True,
        text=True,
    )


def test_a_run_from_another_folder_ends_with_the_scorecard(other_place: Path) -> None:
    done = run(other_place)
    assert done.returncode == 0, done.stderr
    assert "\nWeek of " in done.stdout and "\nMonth " in done.stdout
    assert re.search(r"\nData +[0-9,]+ rows read = [0-9,]+ kept \+ ", done.stdout)
    assert re.search(r"\n +[0-9,]+ rejected \(.* audit_rejected_records says why\n", done.stdout)
    with duckdb.connect(str(other_place / "my marts.duckdb"), read_only=True) as database:
        rates = database.sql("select hourly_rate_usd, valid_from from settings.reviewer_rates").fetchall()
        assert rates == [(99, None)]


def test_a_run_that_fails_says_so_in_one_sentence(other_place: Path) -> None:
    done = run(other_place, "--vars", "{week_start: 9, reporting_timezone: Europe/Berlin}")
    assert done.returncode != 0
    assert done.stderr.startswith("Error: The var week_start is '9'")
    assert done.stderr.count("\n") == 1


# PostgreSQL


@pytest.fixture(scope="module")
def postgres() -> Iterator[dict[str, str]]:
    try:
        with temporary_postgres() as variables:
            yield variables
    except PostgresMissing as missing:
        pytest.skip(str(missing))


def test_raw_files_of_every_kind_reach_postgres(
    postgres: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    raw = tmp_path / "raw [1]'s"
    (raw / "calls").mkdir(parents=True)
    shot = "timestamptz '2025-01-01 02:00:00+02'"
    calls = duckdb.sql(
        f"select '007' as id, 1::bigint as n, 1.5::double as x, {shot} as at, ['a'] as tags, '' as empty"
    )
    calls.write_parquet(str(raw / "calls" / "1.parquet"))
    (raw / "calls" / "2.csv").write_text('id,more\n8,"a\nb"\n9\n')
    (raw / "items.jsonl").write_text('{"id": "2", "n": 1}\n{"id": 3, "deep": {"a": [1]}}\n')
    (raw / "README.md").write_text("no table")
    for name, value in {**postgres, "AGENT_KPIS_RAW_PATH": str(raw)}.items():
        monkeypatch.setenv(name, value)
    load_postgres = script("load_postgres")
    for _ in range(2):
        assert load_postgres.main([]) == 0
    assert "raw.calls: 3 rows\nraw.items: 2 rows" in capsys.readouterr().out
    with psycopg2.connect(**_inputs.postgres_login()) as server, server.cursor() as cursor:
        columns = "id, n, x, extract(epoch from at)::int, tags::text, empty, more"
        cursor.execute(f"select {columns} from raw.calls order by id")
        assert cursor.fetchall() == [
            ("007", 1, 1.5, 1735689600, '["a"]', "", None),
            ("8", None, None, None, None, None, "a\nb"),
            ("9", None, None, None, None, None, None),
        ]
        cursor.execute("select id, n, deep from raw.items order by id")
        assert cursor.fetchall() == [("2", "1", None), ("3", None, '{"a":[1]}')]


def test_loading_nothing_stops_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AGENT_KPIS_RAW_PATH", str(tmp_path))
    with pytest.raises(SystemExit):
        script("load_postgres").main([])
    assert "No raw table was found" in sentence_of(capsys)


# Configuration

KEYS = {
    "models": {"name", "description", "config", "columns", "data_tests", "constraints"},
    "seeds": {"name", "description", "config", "columns", "data_tests"},
    "sources": {"name", "description", "config", "schema", "database", "loader", "tables"},
    "tables": {"name", "description", "config", "identifier", "columns", "data_tests"},
    "columns": {"name", "description", "data_type", "config", "data_tests", "constraints"},
    "unit_tests": {"name", "description", "config", "model", "given", "expect", "overrides"},
    "macros": {"name", "description", "config", "arguments"},
    "data_tests": {"name", "description", "config", "arguments"},
}


def property_files() -> list[Path]:
    folders = [PROJECT / folder for folder in ("models", "seeds", "macros", "tests", "analyses")]
    return sorted(file for folder in folders for file in folder.rglob("*.yml"))


def problems(kind: str, entry: dict[str, Any]) -> Iterator[str]:
    """Keys that dbt would silently ignore, and tests written the old way."""
    name = entry.get("name", "?")
    if unknown := entry.keys() - KEYS[kind]:
        yield f"{kind} {name}: {', '.join(sorted(unknown))}"
    for table in entry.get("tables", []):
        yield from problems("tables", table)
    for column in entry.get("columns", []):
        yield from problems("columns", column)
    for test in entry.get("data_tests", []) if kind != "data_tests" else []:
        if isinstance(test, dict):
            for test_name, body in test.items():
                yield from problems("data_tests", {"name": f"{name}.{test_name}", **(body or {})})


@pytest.mark.parametrize("file", property_files(), ids=lambda file: str(file.relative_to(PROJECT)))
def test_properties_have_known_keys_only(file: Path) -> None:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    found = [f"unknown section {key}" for key in content.keys() - KEYS.keys() - {"version"}]
    for kind in content.keys() & KEYS.keys():
        found += [problem for entry in content[kind] for problem in problems(kind, entry)]
    assert not found


def test_the_lint_finds_what_it_is_for() -> None:
    column = {"name": "b", "data_tests": [{"accepted_values": {"values": [1]}}]}
    old = {"name": "a", "tests": ["unique"], "columns": [column]}
    assert list(problems("models", old)) == ["models a: tests", "data_tests b.accepted_values: values"]
