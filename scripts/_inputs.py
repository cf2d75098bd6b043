"""What a build reads: absolute paths, the demo data, the settings a user edits."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml
from jinja2 import Template

from _setup import PROJECT, fingerprint, is_made, one_at_a_time, say, stop

PATH_VARIABLES = ("AGENT_KPIS_RAW_PATH", "AGENT_KPIS_DB_PATH", "AGENT_KPIS_SETTINGS_PATH")
DEMO_DATA = PROJECT / "data" / "demo"
OWN_SETTINGS = PROJECT / "seeds" / "settings"
COPIED_SETTINGS = PROJECT / ".settings"
DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def enter_project() -> None:
    """Paths the user gave count from the user's folder; dbt then runs in the project's."""
    for name in PATH_VARIABLES:
        if value := os.environ.get(name, "").strip():
            os.environ[name] = os.path.abspath(os.path.expanduser(value))
        else:
            os.environ.pop(name, None)
    os.chdir(PROJECT)


def make_demo_data(folder: Path = DEMO_DATA, *arguments: str) -> None:
    """Have the demo data written, unless this very generator has written them already."""
    generator = PROJECT / "scripts" / "generate_demo_data"
    made_by = [generator, PROJECT / "scripts" / "demo", PROJECT / "requirements.txt"]
    state = " ".join([fingerprint(made_by), *arguments])
    marker = folder / ".made_from"
    with one_at_a_time():
        if is_made(marker, state):
            return
        say("Making the demo data ...")
        # The generator replaces the folder as a whole, this marker included.
        if subprocess.run([sys.executable, generator, "--out", folder, *arguments]).returncode != 0:
            stop("The demo data could not be made.")
        marker.write_text(state)


def use_settings() -> None:
    """Check every settings file; have dbt read the user's own if AGENT_KPIS_SETTINGS_PATH names a folder."""
    if given := os.environ.get("AGENT_KPIS_SETTINGS_PATH"):
        copy_settings(Path(given), COPIED_SETTINGS)
        os.environ["AGENT_KPIS_SETTINGS_DIR"] = COPIED_SETTINGS.name
    else:
        read_all_settings(own_files())


def copy_settings(users: Path, target: Path) -> None:
    """Write all settings into a folder of the project: the user's files, else the project's own.

    dbt would overwrite seeds outside its project, so it never sees the user's files. DuckDB loads seeds by
    position, so the copies have the project's columns in the project's order.
    """
    lines = read_all_settings(own_files() | users_files(users))
    fresh = target.with_name(target.name + ".new")
    with one_at_a_time():
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, lines_of_file in lines.items():
            with open(fresh / name, "w", encoding="utf-8", newline="") as copy:
                csv.writer(copy, lineterminator="\n").writerows(lines_of_file)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


def own_files() -> dict[str, Path]:
    return {file.name: file for file in sorted(OWN_SETTINGS.glob("*.csv"))}


def read_all_settings(files: dict[str, Path]) -> dict[str, list[list[str]]]:
    """Header and rows of each file."""
    types = seed_columns()
    return {
        name: [list(types[file.stem]), *read_settings(file, types[file.stem])] for name, file in files.items()
    }


def users_files(folder: Path) -> dict[str, Path]:
    known = set(own_files())
    if not folder.is_dir():
        stop(f"AGENT_KPIS_SETTINGS_PATH is {folder}, which is no folder.")
    found = {file.name: file for file in sorted(folder.glob("*.csv"))}
    taken = {name: file for name, file in found.items() if name in known}
    say(f"Settings from {folder}: {', '.join(taken) or 'none'}; the others are the project's own.")
    if others := sorted(found.keys() - known):
        say(f"Not taken, since no settings file has that name: {', '.join(others)}.")
    return taken


def seed_columns() -> dict[str, dict[str, str]]:
    """Columns and types of each seed, in order, as declared for dbt."""
    columns: dict[str, dict[str, str]] = {}
    for file in sorted((PROJECT / "seeds" / "registry").glob("*.yml")):
        for seed in yaml.safe_load(file.read_text(encoding="utf-8")).get("seeds", []):
            columns[seed["name"]] = seed["config"]["column_types"]
    return columns


def read_settings(file: Path, types: dict[str, str]) -> list[list[str]]:
    """The file's rows, in the order of the project's columns; absent columns are empty."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [name.strip().lower() for name in next(lines, [])]
        check_header(file, header, list(types))
        rows = []
        for values in lines:
            if not values:
                continue
            if len(values) != len(header):
                stop(f"{file}, line {lines.line_num}: {len(values)} values under {len(header)} column names.")
            row = {name: value.strip() for name, value in zip(header, values)}
            for name, value in row.items():
                if value and (wrong := what_is_wrong(value, types[name])):
                    stop(f"{file}, line {lines.line_num}: {name} is '{value}', which is {wrong}.")
            rows.append([row.get(name, "") for name in types])
        return rows
    except UnicodeDecodeError:
        stop(f"{file} is not a CSV file in UTF-8.")
    except csv.Error as error:
        stop(f"{file}, line {lines.line_num}, is not CSV: {error}.")


def check_header(file: Path, header: list[str], known: list[str]) -> None:
    if not header:
        stop(f"{file} is empty; its first line must name columns out of {', '.join(known)}.")
    for delimiter, plural in DELIMITERS.items():
        if len(header) == 1 and delimiter in header[0]:
            stop(f"{file} is separated by {plural}; commas are needed.")
    if unknown := [name for name in header if name not in known]:
        stop(f"{file} has the unknown column '{unknown[0]}'; known are {', '.join(known)}.")
    if twice := [name for name in header if header.count(name) > 1]:
        stop(f"{file} names the column '{twice[0]}' twice.")


def what_is_wrong(value: str, type_name: str) -> str | None:
    """Why a value cannot be read as its column's type; None where it can."""
    kind, *bounds = re.findall(r"\w+", type_name)
    try:
        if kind == "date":
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError
            date.fromisoformat(value)
        if kind == "decimal":
            number = Decimal(value)
            if not number.is_finite():
                raise ValueError
            if abs(number) >= 10 ** (int(bounds[0]) - int(bounds[1])):
                return "too large"
        if kind in ("int", "integer", "bigint"):
            int(value)
    except (ValueError, InvalidOperation):
        return "no date (YYYY-MM-DD)" if kind == "date" else "no number"
    return None


def metric_order() -> list[str]:
    """Metric ids as the registry lists them."""
    with open(
        PROJECT / "seeds" / "registry" / "metric_definitions.csv", encoding="utf-8", newline=""
    ) as registry:
        return [row["metric_id"] for row in csv.DictReader(registry)]


def postgres_login() -> dict[str, str]:
    """How the profile's postgres target logs in, as psycopg2 wants it."""
    profiles = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))
    target = profiles["agent_kpis"]["outputs"]["postgres"]
    return {
        key: Template(str(target[key])).render(env_var=os.environ.get)
        for key in ("host", "port", "user", "password", "dbname")
    }
