"""Marts read straight from the engine that holds them, for the page and the monthly review."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from _setup import PROJECT, stop

Row = dict[str, Any]
Query = Callable[[str], list[Row]]

BUILD_FIRST = "Run scripts/run first"


def connection_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of dbt that say where it wrote; scripts/run hands them on."""
    parser.add_argument("-t", "--target", default=os.environ.get("DBT_TARGET") or "duckdb")
    parser.add_argument("--vars", help=argparse.SUPPRESS)  # the marts know with which settings they were made
    parser.add_argument("--profile", help=argparse.SUPPRESS)
    parser.add_argument("--profiles-dir", help=argparse.SUPPRESS)


def arguments_of(where: Sequence[str]) -> argparse.Namespace:
    """The same, from those that scripts/run was given."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    connection_arguments(parser)
    return parser.parse_args(where)


def can_open(given: argparse.Namespace) -> bool:
    return not given.profile and not given.profiles_dir and given.target in ("duckdb", "postgres")


@contextmanager
def open_marts(given: argparse.Namespace) -> Iterator[Query]:
    """A function that answers queries, on a connection that cannot write."""
    if not can_open(given):
        stop("Only the targets duckdb and postgres of the project's own profile can be read here.")
    with duckdb_marts() if given.target == "duckdb" else postgres_marts() as query:
        yield query


@contextmanager
def duckdb_marts() -> Iterator[Query]:
    import duckdb

    path = os.environ.get("AGENT_KPIS_DB_PATH") or str(PROJECT / "agent_kpis.duckdb")
    if not os.path.exists(path):
        stop(f"There is no database {path}. {BUILD_FIRST}.")
    try:
        connection = duckdb.connect(path, read_only=True)
    except duckdb.Error as error:
        stop(f"The database {path} cannot be read now: {first_line(error)}")

    def query(sql: str) -> list[Row]:
        try:
            cursor = connection.execute(sql)
        except duckdb.CatalogException as error:
            stop(f"A mart is missing in {path}. {BUILD_FIRST}. ({first_line(error)})")
        return as_rows(cursor.description or [], cursor.fetchall())

    with connection:
        yield query


@contextmanager
def postgres_marts() -> Iterator[Query]:
    import psycopg2

    import _inputs

    try:
        connection = psycopg2.connect(**_inputs.postgres_login(), options="-c timezone=UTC")
    except psycopg2.Error as error:
        stop(f"PostgreSQL cannot be reached: {first_line(error)}")
    connection.set_session(readonly=True, autocommit=True)

    def query(sql: str) -> list[Row]:
        with connection.cursor() as cursor:
            try:
                cursor.execute(sql)
            except (psycopg2.errors.UndefinedTable, psycopg2.errors.UndefinedColumn) as error:
                stop(
                    f"A mart is missing on PostgreSQL. {BUILD_FIRST} --target postgres. ({first_line(error)})"
                )
            return as_rows(cursor.description or [], cursor.fetchall())

    try:
        yield query
    finally:
        connection.close()


def as_rows(description: Sequence[Any], values: Sequence[Sequence[Any]]) -> list[Row]:
    names = [column[0] for column in description]
    return [{name: plain(value) for name, value in zip(names, row)} for row in values]


def plain(value: Any) -> Any:
    """Decimals as floats, dates and times as ISO text: what JSON and a sheet can hold."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value


def first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
