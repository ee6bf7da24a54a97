"""Reads what others send as JSON: whatever is missing, of another type or nonsense is None, never an error.

Numbers come as numbers or as text, instants as seconds or milliseconds since 1970 or as ISO 8601, days in the ways
that American registers write them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECONDS_FROM = 100_000_000_000
"""A larger number counts milliseconds: as seconds it would lie after the year 5000."""
LONGEST_TEXT = 500

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_AMERICAN = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_NAMED = re.compile(r"([A-Za-z]{3})[a-z]*\.?[ -]+(\d{1,2}),?[ -]+(\d{4})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")

Json = Mapping[str, object]
NOTHING: Json = {}


def record_of(value: object) -> Json:
    """The value as an object; empty when it is none."""
    return value if isinstance(value, Mapping) else NOTHING


def records_of(value: object) -> tuple[Json, ...]:
    """The objects in a list; a lone object counts as a list of one."""
    if isinstance(value, Mapping):
        return (value,)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return tuple(one for one in value if isinstance(one, Mapping))
    return ()


def text_of(record: Json, *names: str) -> str | None:
    """The first of these fields that says something, as text of at most 500 characters; numbers as their digits."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()[:LONGEST_TEXT]
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def whole_of(record: Json, *names: str) -> int | None:
    """The first of these fields that is a whole number, written as one or as text."""
    found = text_of(record, *names)
    return int(found) if found and re.fullmatch(r"-?[0-9]{1,18}", found) else None


def truth_of(record: Json, *names: str) -> bool | None:
    """The first of these fields that says yes or no, in any of the usual ways; None when none does."""
    for name in names:
        value = record.get(name)
        if isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word in ("true", "yes", "y", "1"):
            return True
        if word in ("false", "no", "n", "0"):
            return False
    return None


def day_of(record: Json, *names: str) -> date | None:
    """The first of these fields that is a calendar day: ISO, MM/DD/YYYY, MM-DD-YYYY, Mon-DD-YYYY, YYYYMMDD."""
    found = (_day(text_of(record, name) or "") for name in names)
    return next((day for day in found if day), None)


def instant_of(record: Json, *names: str) -> datetime | None:
    """The first of these fields that is an instant: seconds or milliseconds since 1970, or ISO 8601 with an offset."""
    for name in names:
        number = whole_of(record, name)
        instant = _since_epoch(number) if number is not None else _iso_instant(text_of(record, name) or "")
        if instant:
            return instant
    return None


def _day(text: str) -> date | None:
    iso, american, named = _ISO.match(text), _AMERICAN.match(text), _NAMED.match(text)
    if iso or (iso := _COMPACT.match(text)):
        return _date(iso[1], iso[2], iso[3])
    if american:
        return _date(american[3], american[1], american[2])
    if named and named[1].lower() in _MONTHS:
        return _date(named[3], str(_MONTHS.index(named[1].lower()) + 1), named[2])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _since_epoch(number: int) -> datetime | None:
    milliseconds = number if abs(number) >= MILLISECONDS_FROM else number * 1000
    try:
        return EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def _iso_instant(text: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant.astimezone(UTC) if instant.tzinfo else None
