"""Runs the project as a user would, on raw tables of a test, and reads what it built.

dbt runs in this process, where it is imported once. Every build has a database, a target folder and a
log folder of its own under a temporary folder; the settings it reads are copied into the project,
since dbt writes beside seeds.
"""

import csv
import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SETTINGS_COPIES = Path("data") / "test_settings"  # inside the project, ignored by git
MODELS_ONLY = ("--exclude-resource-types", "unit_test", "test")
WITH_DATA_TESTS = ("--exclude-resource-type", "unit_test")

sys.path.insert(0, str(PROJECT / "scripts"))


@dataclass
class Build:
    """What one dbt command left behind."""

    target: str
    environment: dict
    folder: Path
    options: list = field(default_factory=list)
    success: bool = False
    failures: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    seconds: float = 0.0

    def query(self, sql):
        """Rows as dicts."""
        if self.target == "duckdb":
            return self._query_duckdb(sql)
        return self._query_postgres(sql)

    def _query_duckdb(self, sql):
        import duckdb

        with duckdb.connect(self.environment["AGENT_KPIS_DB_PATH"], read_only=True) as connection:
            connection.execute("set timezone = 'UTC'")
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

    def _query_postgres(self, sql):
        with postgres_connection(self.environment) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

    def mart(self, name):
        """All rows of a mart."""
        return self.query(f"select * from marts.{name}")

    def marts(self):
        """Names of all marts."""
        rows = self.query("select table_name from information_schema.tables where table_schema = 'marts'")
        return sorted(row["table_name"] for row in rows)

    def fingerprint(self, name):
        """A hash over all rows of a mart to the last digit, whatever their order."""
        rows = sorted(repr(sorted(row.items())) for row in self.mart(name))
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@contextmanager
def postgres_connection(environment):
    import psycopg2

    connection = psycopg2.connect(
        host=environment["AGENT_KPIS_PG_HOST"],
        port=environment["AGENT_KPIS_PG_PORT"],
        user=environment["AGENT_KPIS_PG_USER"],
        password=environment["AGENT_KPIS_PG_PASSWORD"],
        dbname=environment["AGENT_KPIS_PG_DATABASE"],
        options="-c timezone=UTC",
    )
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


class Harness:
    """Builds under one temporary folder; one per test session."""

    def __init__(self, folder, postgres_environment=None):
        self.folder = Path(folder)
        self.postgres_environment = postgres_environment
        self.numbers = itertools.count(1)
        self.manifests = {}

    def build(
        self,
        raw_path,
        settings_path=None,
        vars=None,
        target="duckdb",
        env=None,
        select=None,
        kinds=MODELS_ONLY,
        database=None,
    ):
        """Run `dbt build` on raw tables and wait for it. `database` names an earlier build to build on."""
        prepared, arguments = self.prepare(
            raw_path, settings_path, vars, target, env, select, kinds, database
        )
        started = time.monotonic()
        with changed_environment(prepared.environment):
            self._run(prepared, arguments)
        prepared.seconds = time.monotonic() - started
        return prepared

    def prepare(self, raw_path, settings_path, vars, target, env, select, kinds, database=None):
        """A build that has not run, and the arguments of dbt for it."""
        folder = self.folder / f"build_{next(self.numbers)}"
        folder.mkdir(parents=True)
        environment = {
            "AGENT_KPIS_RAW_PATH": str(raw_path),
            "AGENT_KPIS_SETTINGS_DIR": copy_settings(settings_path) if settings_path else None,
            "AGENT_KPIS_SETTINGS_PATH": None,
            "AGENT_KPIS_DB_PATH": str(folder / "agent_kpis.duckdb"),
            "AGENT_KPIS_HASH_SALT": None,
            "DO_NOT_TRACK": "1",
        }
        if target == "postgres":
            environment |= self.postgres_environment
            environment["AGENT_KPIS_PG_DATABASE"] = self._new_postgres_database()
        if database is not None:
            for name in ("AGENT_KPIS_DB_PATH", "AGENT_KPIS_PG_DATABASE"):
                if name in database.environment:
                    environment[name] = database.environment[name]
        environment |= env or {}
        if target == "postgres" and database is None:
            load_postgres(environment)
        options = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target", target]
        options += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
        options += ["--log-level", "none", "--log-level-file", "info", "--no-use-colors-file"]
        options += ["--vars", json.dumps(vars or {}, sort_keys=True)]
        arguments = ["build", *options, *kinds, *(["--select", *select.split()] if select else [])]
        return Build(target=target, environment=environment, folder=folder, options=options), arguments

    def start(self, prepared, arguments):
        """The build as a process of its own, as a user's shell would start it."""
        with changed_environment(prepared.environment):
            command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", *arguments]
            return subprocess.Popen(
                command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )

    def _run(self, prepared, arguments):
        from dbt.cli.main import dbtRunner

        import _dbt

        warnings = []

        def note(event):
            if event.info.level == "warn":
                warnings.append(event.info.msg)

        here = os.getcwd()
        os.chdir(PROJECT)
        try:
            outcome = self._parsed(prepared, note)
            if outcome.success:
                outcome = dbtRunner(manifest=outcome.result.deepcopy(), callbacks=[note]).invoke(arguments)
        finally:
            os.chdir(here)
            release_duckdb()
        prepared.success, prepared.warnings = outcome.success, warnings
        prepared.failures = [] if outcome.success else _dbt.failures(outcome)

    def _parsed(self, prepared, note):
        """The project as dbt parses it, which takes as long as a build: once for all that parsing depends on.

        Of the vars only the schemas of raw tables are read then; all others when a model is compiled.
        """
        from dbt.cli.main import dbtRunner

        *options, vars = prepared.options
        schemas = {name: value for name, value in json.loads(vars).items() if name.endswith("_schema")}
        reads = [name for name in prepared.environment if name.startswith("AGENT_KPIS_SETTINGS")]
        reads += ["AGENT_KPIS_PG_DATABASE"] if prepared.target == "postgres" else []
        key = prepared.target, str(schemas), tuple(prepared.environment[name] for name in reads)
        if key not in self.manifests:
            self.manifests[key] = dbtRunner(callbacks=[note]).invoke(["parse", *options, json.dumps(schemas)])
        return self.manifests[key]

    def _new_postgres_database(self):
        name = f"build_{os.getpid()}_{next(self.numbers)}"
        with postgres_connection(self.postgres_environment) as connection, connection.cursor() as cursor:
            cursor.execute(f"create database {name}")
        return name


def release_duckdb():
    """dbt keeps its file open after a command."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()


@contextmanager
def changed_environment(changes):
    """Environment variables for a while; None removes one."""
    before = {name: os.environ.get(name) for name in changes}

    def put(values):
        for name, value in values.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        time.tzset()

    put(changes)
    try:
        yield
    finally:
        put(before)


def copy_settings(settings_path):
    """The folder, relative to the project, of a copy of all settings: the given files, else the project's."""
    import _inputs

    types = _inputs.seed_columns()
    files = {path.name: path for path in sorted((PROJECT / "seeds" / "settings").glob("*.csv"))}
    files |= {path.name: path for path in sorted(Path(settings_path).glob("*.csv")) if path.name in files}
    rows = {name: _inputs.read_settings(path, types[path.stem]) for name, path in files.items()}
    texts = json.dumps([rows, {name: list(types[Path(name).stem]) for name in files}])
    folder = SETTINGS_COPIES / hashlib.sha256(texts.encode()).hexdigest()[:12]
    if not (PROJECT / folder).is_dir():
        fresh = PROJECT / f"{folder}.{os.getpid()}"
        fresh.mkdir(parents=True)
        for name, values in rows.items():
            with open(fresh / name, "w", encoding="utf-8", newline="") as copy:
                csv.writer(copy, lineterminator="\n").writerows([list(types[Path(name).stem]), *values])
        try:
            fresh.rename(PROJECT / folder)
        except OSError:  # another run was faster
            shutil.rmtree(fresh)
    return str(folder)


def load_postgres(environment):
    """The raw files of the environment into the raw schema of its database."""
    given = {name: value for name, value in environment.items() if value is not None}
    done = subprocess.run(
        [sys.executable, str(PROJECT / "scripts" / "load_postgres")],
        env=os.environ | given,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"load_postgres failed: {done.stdout}{done.stderr}")
