"""What must hold whatever the numbers: repeatable, engine-free, format-free, clear when it cannot work."""

import json
import random
import signal
import subprocess
import sys
from datetime import datetime

import pytest

import dirty_data
import reference
from comparison import by_key, differences, plain, shown
from harness import PROJECT, WITH_DATA_TESTS, changed_environment
from reference import marts, trends
from reference.metrics import METRIC_IDS, NEEDED_TABLES
from test_against_reference import METRIC_KEY, may_be_left_out


# Equal marts ----------------------------------------------------------------------------------


# A hash over engine-specific texts by which a table knows the days it has to write again.
OF_ONE_ENGINE = ("fingerprint",)


def comparable(row):
    """Amounts apart from the rest of a row: the rest identifies it."""
    exact, amounts = {}, {}
    for column, value in row.items():
        if column in OF_ONE_ENGINE:
            continue
        value = plain(value)
        if column == "raw_record":
            value = raw_record(value)
        (amounts if isinstance(value, float) else exact)[column] = value
    return repr(sorted(exact.items(), key=str)), sorted(amounts.items())


def raw_record(value):
    """One text per raw row: JSON values as text; blank and NULL are left out, which CSV cannot tell apart."""
    shown_row = value if isinstance(value, dict) else json.loads(value)
    texts = {column: str(text).strip() for column, text in shown_row.items() if text is not None}
    return sorted((column, text) for column, text in texts.items() if text)


def unequal_marts(one, other, tolerance=1e-9):
    found = []
    if one.marts() != other.marts():
        return [f"marts {one.marts()}, {other.marts()}"]
    for mart in one.marts():
        rows = [sorted(map(comparable, build.mart(mart)), key=str) for build in (one, other)]
        if [exact for exact, _ in rows[0]] != [exact for exact, _ in rows[1]]:
            difference = set(map(str, rows[0])) ^ set(map(str, rows[1]))
            found.append(
                f"{mart}: {len(rows[0])} and {len(rows[1])} rows, among them {sorted(difference)[:2]}"
            )
            continue
        for (exact, ours), (_, theirs) in zip(*rows):
            found += [
                f"{mart} {exact[:200]}: {column} {value!r}, {other_value!r}"
                for (column, value), (_, other_value) in zip(ours, theirs)
                if abs(value - other_value) > tolerance * max(1, abs(value))
            ]
    return found


def unequal_fingerprints(one, other):
    assert one.marts() == other.marts()
    return [mart for mart in one.marts() if one.fingerprint(mart) != other.fingerprint(mart)]


@pytest.fixture(scope="module")
def base(dirty):
    return dirty.build("UTC")


@pytest.mark.postgres
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_postgres_builds_the_same_marts(dirty, zone):
    found = unequal_marts(dirty.build(zone), dirty.build(zone, "postgres"))
    assert not found, shown(found)


def test_killed_build_then_a_new_one_in_another_session_zone(dirty, harness, base):
    """kill -9 at a random moment; the next build on the same file gives the same marts, to the last digit."""
    settings = dirty.settings
    prepared, arguments = harness.prepare(
        dirty.raw_path("UTC"), settings, dirty.vars("UTC"), "duckdb",
        env={"TZ": "Asia/Tokyo"}, select=None, kinds=WITH_DATA_TESTS,
    )
    process = harness.start(prepared, arguments)
    try:
        wait = random.uniform(8, 20)
        process.wait(timeout=wait)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    again = harness.build(
        dirty.raw_path("UTC"), settings, dirty.vars("UTC"), env={"TZ": "Asia/Tokyo"}, database=prepared
    )
    assert again.success, again.failures
    assert not unequal_fingerprints(base, again), f"killed after {wait:.1f} s"


@pytest.mark.parametrize("forms", [("csv.gz", "parts"), ("parts", "ndjson")], ids="-".join)
def test_raw_format_changes_nothing(dirty, harness, base, tmp_path, forms):
    """Each format for half of the tables, so that formats also stand side by side in one folder.

    Plain CSV and JSON lines are what the builds in other zones read.
    """
    write = {
        "csv.gz": lambda raw: dirty_data.write_csv(raw, tmp_path, compressed=True),
        "ndjson": lambda raw: dirty_data.write_json_lines(raw, tmp_path, "ndjson"),
        "parts": lambda raw: dirty_data.write_parquet(raw, tmp_path, parts=3),
    }
    names = list(dirty.sound)
    for place, form in enumerate(forms):
        write[form]({name: dirty.sound[name] for name in names[place::2]})
    build = harness.build(tmp_path, dirty.settings, vars=dirty.vars("UTC"))
    assert build.success, build.failures
    found = unequal_marts(base, build)
    assert not found, shown(found)


# Missing and empty tables ---------------------------------------------------------------------


def test_no_person_is_readable_in_the_marts(base):
    """Ids of customers and staff appear hashed only."""
    found = []
    for mart in base.marts():
        for row in base.mart(mart):
            text = repr(list(row.values()))
            words = ("customer-", "returner-", "ann'", "bob'")
            if any(f"{quote}{word}" in text for quote in "'\"" for word in words):
                found.append(f"{mart}: {text[:200]}")
    assert not found, shown(found)


SUBSETS = {
    "items and calls": {"work_items", "api_calls"},
    "calls": {"api_calls"},
    "conversations and messages": {"conversations", "messages"},
    "all but items": set(reference.staging.TABLES) - {"work_items"},
}
# A moment in the first week and month, of which none is complete then.
OPTIONS_OF_SUBSETS = {"conversations and messages": {"data_as_of": datetime(2024, 12, 31, 12)}}


@pytest.mark.parametrize("subset", SUBSETS)
def test_subset_of_the_tables(dirty, harness, tmp_path, subset):
    raw = {name: rows for name, rows in dirty.sound.items() if name in SUBSETS[subset]}
    options = OPTIONS_OF_SUBSETS.get(subset, {})
    vars = {name: str(value) for name, value in options.items()} | dirty.vars("UTC")
    build = harness.build(dirty_data.write_parquet(raw, tmp_path), dirty.settings, vars=vars)
    assert build.success, build.failures
    expected = reference.compute(raw, dirty_data.settings_rows(), reference.Options(**options))
    assert_measures(build, expected)
    assert_scorecard(build, expected)
    missing = {row["table_name"] for row in build.mart("audit_missing_tables")}
    assert missing >= set(reference.staging.TABLES) - SUBSETS[subset]
    assert not missing & SUBSETS[subset]
    absent = {metric for name in set(NEEDED_TABLES) - SUBSETS[subset] for metric in NEEDED_TABLES[name]}
    assert not absent & {row["metric_id"] for row in build.mart("fct_metric_values")}


def test_empty_tables(dirty, harness, tmp_path):
    """Tables that are there and hold nothing: sums of nothing are 0, not unknown."""
    empty = {"handoffs", "human_reviews", "infra_costs", "csat_responses", "kb_retrievals"}
    raw = {name: [] if name in empty else rows for name, rows in dirty.sound.items()}
    half = {name: rows for name, rows in raw.items() if name < "h"}
    dirty_data.write_parquet(half, tmp_path)
    dirty_data.write_csv({name: rows for name, rows in raw.items() if name not in half}, tmp_path)
    build = harness.build(tmp_path, dirty.settings, vars=dirty.vars("UTC"))
    assert build.success, build.failures
    assert_measures(build, reference.compute(raw, dirty_data.settings_rows()))
    assert not {row["table_name"] for row in build.mart("audit_missing_tables")} & set(raw)


def assert_measures(build, expected):
    wanted = by_key(marts.fct_metric_values(expected), ("metric_id",))
    seen = by_key(build.mart("fct_metric_values"), ("metric_id",))
    columns = ("value", "numerator", "denominator", "ci_low", "ci_high")
    found = []
    for metric in METRIC_IDS:
        rows = wanted.get((metric,), [])
        lines = differences(rows, seen.get((metric,), []), METRIC_KEY, columns, may_miss=may_be_left_out)
        found += [f"{metric} {line}" for line in lines]
    assert not found, shown(found)


def assert_scorecard(build, expected):
    key = ("metric_id", *METRIC_KEY)
    standing = {tuple(plain(row[column]) for column in key) for row in build.mart("fct_metric_values")}
    wanted = trends.scorecard(expected, trends.trends(expected, standing.__contains__))
    found = differences(wanted, build.mart("rpt_scorecard"), key)
    assert not found, shown(found)


# Stops with one sentence ----------------------------------------------------------------------


def assert_one_sentence(sentence, *words):
    assert "\n" not in sentence.strip() and len(sentence) < 400, sentence
    for word in words:
        assert word in sentence, sentence


@pytest.mark.parametrize(
    "vars, words",
    [
        ({"reporting_timezone": "Mars/Olympus"}, ["Mars/Olympus"]),
        ({"week_start": 9}, ["week_start", "9"]),
        ({"data_as_of": "last Tuesday"}, ["data_as_of", "last Tuesday"]),
    ],
    ids=["unknown time zone", "week_start 9", "unreadable data_as_of"],
)
def test_setting_without_sense_stops_the_build(dirty, harness, vars, words):
    build = harness.build(dirty.raw_path("UTC"), vars=vars, select="dim_agents")
    assert not build.success
    assert len(build.failures) == 1
    assert_one_sentence(build.failures[0], *words)


def test_overlapping_prices_stop_the_build(dirty, harness, tmp_path):
    rows = dirty_data.SETTINGS["model_prices"].strip()
    (tmp_path / "model_prices.csv").write_text(
        f"{rows}\nopenai,gpt-4o-mini,standard,2025-02-01,2025-02-02,1,1,1,1,test,2025-01-01\n"
    )
    build = harness.build(
        dirty.raw_path("UTC"),
        tmp_path,
        select="model_prices stg_settings__model_prices",
        kinds=WITH_DATA_TESTS,
    )
    assert not build.success
    assert_one_sentence(build.failures[0])


def run_command(environment, *arguments):
    """scripts/run as a user starts it, in an environment of its own; (exit code, end of stderr, all)."""
    with changed_environment(environment):
        done = subprocess.run(
            [sys.executable, str(PROJECT / "scripts" / "run"), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
        )
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return done.returncode, lines[-1] if lines else "", done.stdout + done.stderr


def test_empty_warehouse_stops_with_one_sentence(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "notes.txt").write_text("no table here")
    code, sentence, everything = run_command(
        {"AGENT_KPIS_RAW_PATH": str(tmp_path / "raw"), "AGENT_KPIS_DB_PATH": str(tmp_path / "kpis.duckdb")}
    )
    assert code != 0, everything
    assert "Traceback" not in everything
    assert_one_sentence(sentence, str(tmp_path / "raw"))


@pytest.mark.parametrize(
    "text, word",
    [
        ("provider,model,service_tier\nopenai,gpt-4o", "line 2"),
        ("provider,model,price\nopenai,gpt-4o,3\n", "price"),
        ("provider,model,valid_from\nopenai,gpt-4o,2025-02-30\n", "2025-02-30"),
    ],
    ids=["short line", "unknown column", "no such day"],
)
def test_broken_seed_stops_with_one_sentence(tmp_path, text, word):
    settings = tmp_path / "settings"
    settings.mkdir()
    (settings / "model_prices.csv").write_text(text)
    code, sentence, everything = run_command(
        {
            "AGENT_KPIS_RAW_PATH": str(tmp_path),
            "AGENT_KPIS_DB_PATH": str(tmp_path / "kpis.duckdb"),
            "AGENT_KPIS_SETTINGS_PATH": str(settings),
        }
    )
    assert code != 0, everything
    assert "Traceback" not in everything
    assert_one_sentence(sentence, "model_prices.csv", word)
    assert (settings / "model_prices.csv").read_text() == text  # never written to


def test_settings_path_without_a_copy_stops_plain_dbt(dirty, harness, tmp_path):
    dirty_data.write_settings(tmp_path)
    build = harness.build(
        dirty.raw_path("UTC"), env={"AGENT_KPIS_SETTINGS_PATH": str(tmp_path)}, select="dim_agents"
    )
    assert not build.success
    assert_one_sentence(build.failures[0], "AGENT_KPIS_SETTINGS_PATH")
