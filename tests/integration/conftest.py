"""Builds shared by the whole test session: each is made once, when the first test asks for it."""

import os
from datetime import datetime

import pytest

import dirty_data
import reference
from harness import MODELS_ONLY, WITH_DATA_TESTS, Harness

# The options of each shared build, by its zone: what may be set changes together, so that three builds do.
# In UTC the as-of time is the last load; in Tokyo it lies in the middle of the data, which hides no row.
OPTIONS = {
    "UTC": {"week_start": 1},
    "America/New_York": {
        "week_start": 7,
        "return_window_hours": 48,
        "drift_threshold_pct": 25,
        "minimum_sample": 2,
        "expected_cost_layers": ["api", "platform", "vector_db"],
    },
    "Asia/Tokyo": {
        "week_start": 4,
        "data_as_of": "2025-04-04 16:30:00",
        "impute_cost_avoidance": False,
        "minimum_sample": 10,
    },
}
ZONES = list(OPTIONS)
ON_BOTH_ENGINES = ["duckdb", pytest.param("postgres", marks=pytest.mark.postgres)]

# Other dirty data: a seed, and how many items. What holds for one seed must hold for all.
DIRTY = dict(zip(("seed", "items"), map(int, os.environ.get("AGENT_KPIS_DIRTY_SEED", "").split())))
only_for_the_usual_data = pytest.mark.skipif(bool(DIRTY), reason="other dirty data may lack a case")

# Tables that keep their broken rows where the others are written natively typed.
STAY_DIRTY = {"agents", "infra_costs", "csat_responses"}


def pytest_configure(config):
    config.addinivalue_line("markers", "postgres: needs PostgreSQL's server programs; skipped without them")


@pytest.fixture(scope="session")
def postgres_environment():
    from postgres_server import PostgresMissing, server_programs, temporary_postgres

    try:
        server_programs()
    except PostgresMissing as missing:
        pytest.skip(str(missing))
    with temporary_postgres() as environment:
        yield environment


@pytest.fixture(scope="session")
def harness(tmp_path_factory):
    return Harness(tmp_path_factory.mktemp("builds"))


@pytest.fixture(scope="session")
def dirty(tmp_path_factory, harness, request):
    return DirtyBuilds(tmp_path_factory.mktemp("dirty"), harness, request)


def options(zone):
    """The same options, as the reference takes them."""
    given = dict(OPTIONS[zone])
    if "data_as_of" in given:
        given["data_as_of"] = datetime.fromisoformat(given["data_as_of"])
    return reference.Options(reporting_timezone=zone, **given)


@pytest.fixture(scope="module", params=ON_BOTH_ENGINES)
def target(request):
    return request.param


@pytest.fixture(scope="module", params=ZONES)
def zone(request):
    return request.param


@pytest.fixture(scope="module")
def build(dirty, zone, target):
    return dirty.build(zone, target)


@pytest.fixture(scope="module")
def expected(dirty, zone):
    return dirty.expected(zone)


class DirtyBuilds:
    """The dirty data in every shape, the builds made from them and what the reference makes of them.

    In UTC the broken rows of most tables are left out, so that their columns are natively typed;
    the other zones read every row, as text.
    """

    def __init__(self, folder, harness, request):
        self.folder, self.harness, self.request = folder, harness, request
        self.settings = dirty_data.write_settings(folder / "settings")
        self.full = dirty_data.generate(**DIRTY)
        self.sound = dirty_data.without_rejects(self.full, set(self.full) - STAY_DIRTY)
        self.paths, self.builds, self.results = {}, {}, {}

    def raw(self, zone):
        return self.sound if zone == "UTC" else self.full

    def raw_path(self, zone):
        write = {
            "UTC": lambda folder: dirty_data.write_parquet(self.sound, folder),
            "America/New_York": lambda folder: dirty_data.write_csv(self.full, folder),
            "Asia/Tokyo": lambda folder: dirty_data.write_json_lines(self.full, folder),
        }[zone]
        if zone not in self.paths:
            self.paths[zone] = write(self.folder / zone.replace("/", "_"))
        return self.paths[zone]

    def vars(self, zone):
        return {"reporting_timezone": zone, "max_unpriced_call_share": 1, **OPTIONS[zone]}

    def build(self, zone, target="duckdb"):
        if (zone, target) not in self.builds:
            if target == "postgres":
                self.harness.postgres_environment = self.request.getfixturevalue("postgres_environment")
            self.builds[zone, target] = self.harness.build(
                self.raw_path(zone),
                self.settings,
                vars=self.vars(zone),
                target=target,
                # On PostgreSQL the sessions of the whole build live in another zone.
                env={"PGTZ": "Asia/Kathmandu"} if target == "postgres" else None,
                # The project's own tests run on PostgreSQL once: the comparisons show that the rows agree.
                kinds=WITH_DATA_TESTS if target == "duckdb" or zone == "UTC" else MODELS_ONLY,
            )
        return self.builds[zone, target]

    def expected(self, zone):
        if zone not in self.results:
            self.results[zone] = reference.compute(self.raw(zone), dirty_data.settings_rows(), options(zone))
        return self.results[zone]
