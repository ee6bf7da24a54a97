"""How days, names and amounts are written on pages, in words that a row shows as they are."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo

from portal.domain.words import DISCIPLINES, RISKS, STATES

MASKED = "—"
RISK_TONES = {"on_track": "good", "at_risk": "warn", "late": "bad", "blocked": "bad", "over": "muted"}


def day(value: date | None, *, today: date | None = None) -> str:
    """ "Mon 5 Jan", with the year where it is not this one; a dash for a day that is not known."""
    if value is None:
        return "–"
    return value.strftime("%a %-d %b" if today is None or value.year == today.year else "%a %-d %b %Y")


def days_between(first: date, last: date) -> str:
    """The days of a column: "5–11 Jan", "29 Dec – 4 Jan", or one day as "Mon 5 Jan"."""
    if first == last:
        return first.strftime("%a %-d %b")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.strftime('%-d %b')}"
    return f"{first.strftime('%-d %b')} – {last.strftime('%-d %b')}"


def instant(value: datetime | None, zone: tzinfo) -> str:
    """The whole instant by the clocks of this zone, "Mon 5 Jan 2026, 08:03:07 CST"; a dash where it is not known."""
    return "–" if value is None else value.astimezone(zone).strftime("%a %-d %b %Y, %H:%M:%S %Z")


def month(value: date) -> str:
    """ "Jan 2026"."""
    return value.strftime("%b %Y")


def clinician(names: Mapping[str, str], key: str | None) -> str:
    """The clinician's name; where it is masked, erased or has not arrived, what tells one from another."""
    return names.get(key or "") or (f"Clinician …{key[-6:]}" if key else "Clinician not known yet")


def place(names: Mapping[str, str], key: str | None) -> str:
    """The name of a facility or a client."""
    return names.get(key or "") or (f"…{key[-6:]}" if key else "Not known yet")


def state(code: str | None) -> str:
    """An assignment's state in words."""
    return STATES.get(code or "", "Not known yet")


def risk(code: str) -> str:
    """An assignment's risk in words."""
    return RISKS.get(code, code)


def discipline(code: str | None) -> str:
    """A discipline as people write it: "RN", "Surgical technologist"; empty where it is not known."""
    return DISCIPLINES.get(code or "", code or "")


def dollars(cents: int | None) -> str:
    """Whole dollars, "$1,234"; a dash where it is masked or not known."""
    if cents is None:
        return MASKED
    rounded = (abs(cents) + 50) // 100
    return f"{'−' if cents < 0 else ''}${rounded:,}"


def plural(number: int, noun: str, *, many: str = "") -> str:
    """ "1 start", "2 starts"; `many` where an s does not do."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"
