"""Local dates and the four grains."""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

GRAINS = ("day", "week", "month", "quarter")
ONE_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=None)
def local_date(instant, zone_name):
    """The zone's date at a (naive UTC) instant."""
    return instant.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone_name)).date()


def period_start(grain, day, week_start):
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=(day.isoweekday() - week_start) % 7)
    if grain == "month":
        return day.replace(day=1)
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def next_period(grain, start):
    if grain == "day":
        return start + timedelta(days=1)
    if grain == "week":
        return start + timedelta(days=7)
    months = start.year * 12 + start.month - 1 + (1 if grain == "month" else 3)
    return date(months // 12, months % 12 + 1, 1)


@lru_cache(maxsize=None)
def start_of_local_date(day, zone_name):
    """The first instant (naive UTC, to the second) at which the zone has that date or a later one."""
    low = datetime.combine(day, datetime.min.time()) - timedelta(days=2)
    high = low + timedelta(days=4)
    while high - low > ONE_SECOND:
        middle = low + timedelta(seconds=(high - low) // ONE_SECOND // 2)
        if local_date(middle, zone_name) >= day:
            high = middle
        else:
            low = middle
    return high


def shares_of_local_dates(start, end, zone_name):
    """[(local date, microseconds of [start, end) on it)], in order, without empty days."""
    shares = []
    day = local_date(start, zone_name)
    while True:
        begins = max(start, start_of_local_date(day, zone_name))
        ends = min(end, start_of_local_date(day + timedelta(days=1), zone_name))
        if ends > begins:
            shares.append((day, (ends - begins) // timedelta(microseconds=1)))
        if ends >= end:
            return shares
        day += timedelta(days=1)
