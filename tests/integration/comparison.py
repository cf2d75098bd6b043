"""Comparing rows: exact for ids, words, counts and times, a tolerance for amounts and ratios."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isclose


def plain(value):
    """One Python value per meaning, whichever driver or reference it came from."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (Fraction, Decimal)):
        return float(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return value


def is_same(expected, actual, tolerance=1e-9):
    expected, actual = plain(expected), plain(actual)
    if expected is None or actual is None or isinstance(expected, (bool, str, date)):
        return type(expected) is type(actual) and expected == actual
    if isinstance(actual, (bool, str, date)):
        return False
    return isclose(expected, actual, rel_tol=tolerance, abs_tol=tolerance)


def by_key(rows, key):
    keyed = {}
    for row in rows:
        keyed.setdefault(tuple(plain(row[column]) for column in key), []).append(row)
    return keyed


def differences(expected, actual, key, columns=None, tolerance=1e-9, may_miss=lambda row: False):
    """What differs, one line each. A row may be missing on one side where may_miss says so of the other's."""
    columns = columns or [column for column in (expected or actual or [{}])[0] if column not in key]
    expected, actual = by_key(expected, key), by_key(actual, key)
    found = [f"{found_key}: {len(rows)} rows" for found_key, rows in actual.items() if len(rows) > 1]
    for found_key in sorted({*expected, *actual}, key=str):
        wanted, seen = expected.get(found_key, [None])[0], actual.get(found_key, [None])[0]
        if wanted is None or seen is None:
            if not may_miss(wanted or seen):
                found.append(
                    f"{found_key}: only {'in the marts' if wanted is None else 'expected'}: {wanted or seen}"
                )
            continue
        for column in columns:
            if not is_same(wanted[column], seen[column], tolerance):
                found.append(
                    f"{found_key}: {column} is {plain(seen[column])!r}, not {plain(wanted[column])!r}"
                )
    return found


def count_differences(expected, actual):
    """For rows without a key: what is there too often or too rarely."""
    expected, actual = Counter(expected), Counter(actual)
    missing = [f"missing {count} x {row}" for row, count in (expected - actual).items()]
    return missing + [f"unexpected {count} x {row}" for row, count in (actual - expected).items()]


def shown(found, limit=15):
    """The message of a failed comparison."""
    more = f"\n... and {len(found) - limit} more" if len(found) > limit else ""
    return f"{len(found)} differences\n" + "\n".join(map(str, found[:limit])) + more
