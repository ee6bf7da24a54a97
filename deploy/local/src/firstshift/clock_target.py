"""The instant a person means: a step forward (`3d`), a day (`2026-02-01`), or an instant."""

import re
from datetime import UTC, date, datetime, time, timedelta

from firstshift.errors import CannotRun

STEP = re.compile(r"\+?([1-9][0-9]{0,5})([wdhm])")
UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
NOON = time(12, tzinfo=UTC)
"""At noon UTC the day has begun in every state, Hawaii (02:00) included."""


def target(text: str, now: datetime) -> datetime:
    """The instant meant, seen from `now`; a day alone is noon UTC, when it has begun in every state.

    Raises CannotRun when it cannot be read, or is not ahead.
    """
    try:
        meant = _read(text, now).astimezone(UTC)
    except (ValueError, OverflowError):
        fix = "Give 3d, 12h, 30m, 2w, a day such as 2026-02-01, or an instant such as 2026-02-01T12:00:00Z."
        raise CannotRun(f"{text} is no time to go to.", fix) from None
    if meant <= now:
        raise CannotRun(
            f"{meant:%Y-%m-%d %H:%M} UTC has passed; it is {now:%Y-%m-%d %H:%M}.", "Time only goes forward."
        )
    return meant


def _read(text: str, now: datetime) -> datetime:
    if step := STEP.fullmatch(text):
        return now + timedelta(**{UNITS[step[2]]: int(step[1])})
    if len(text) == len("2026-02-01"):
        return datetime.combine(date.fromisoformat(text), NOON)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no zone")
    return instant
