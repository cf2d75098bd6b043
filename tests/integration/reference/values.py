"""Text to typed values. Every parser returns None for text that is not of the type."""

import re
from datetime import datetime, timedelta
from fractions import Fraction

from .contract import NUMBER, TEXT, TIMESTAMP, WHOLE_NUMBER

BLANKS = " \t\n\r\f\v"

_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(Z|([+-])([0-9]{2})(?::?([0-9]{2}))?)?"
)
_WHOLE_NUMBER = re.compile(r"([+-]?[0-9]{1,15})(?:\.0*)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_LARGEST_NUMBER = Fraction(10) ** 16  # what the fixed-point money type can hold


def cleaned(text):
    """The text itself, None when empty or blank."""
    if text is None or text.strip(BLANKS) == "":
        return None
    return text


def parse_timestamp(text):
    """ISO 8601 text as a naive UTC datetime."""
    match = _TIMESTAMP.fullmatch(text.strip(BLANKS))
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone, sign, zone_hours, zone_minutes = match.groups()
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    offset = timedelta(0)
    if zone not in (None, "Z"):
        hours, minutes = int(zone_hours), int(zone_minutes or 0)
        if hours > 14 or minutes > 59:
            return None
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
    try:
        local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), microsecond)
        return local - offset
    except (ValueError, OverflowError):
        return None


def parse_whole_number(text):
    match = _WHOLE_NUMBER.fullmatch(text.strip(BLANKS))
    return int(match.group(1)) if match else None


def parse_number(text):
    stripped = text.strip(BLANKS)
    if _NUMBER.fullmatch(stripped) is None:
        return None
    number = Fraction(stripped)
    return number if abs(number) < _LARGEST_NUMBER else None


PARSERS = {
    TEXT: lambda text: text,
    TIMESTAMP: parse_timestamp,
    WHOLE_NUMBER: parse_whole_number,
    NUMBER: parse_number,
}
