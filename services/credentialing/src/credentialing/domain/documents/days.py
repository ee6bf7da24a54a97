"""Days as American documents write them: 03/05/2027, March 5, 2027, 5 Mar 2027, 2027-03-05, 03/2027."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d/-]){_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?![\d/-])",
        r"(?<![\d/.-])(?P<month>\d{1,2})(?P<mark>[/.-])(?P<day>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/-])",
        rf"\b{_MONTH} {{0,3}}{_DAY},? {{0,3}}{_YEAR}\b",
        rf"\b{_DAY}[ -]{{1,3}}{_MONTH}[ ,-]{{1,3}}{_YEAR}\b",
        rf"\b{_MONTH},? {{0,3}}{_YEAR}\b",
        rf"(?<![\d/.-])(?P<month>\d{{1,2}})[/-]{_YEAR}(?![\d/-])",
    )
)
"""The surest first: where two overlap, the earlier form is meant."""

LAST_OF_THIS_CENTURY = 69
"""A year of two digits up to this one is of the 2000s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDay:
    """A day in a line of text: where, and what of it was not written out. A month alone means its last day."""

    day: date
    begin: int
    end: int
    is_month: bool = False
    is_short_year: bool = False


def days_in(line: str) -> tuple[FoundDay, ...]:
    """Every day that the line names, in order; 13/05/2027 is none here, and 02/30/2027 is none anywhere."""
    found: list[FoundDay] = []
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(line):
            if any(match.start() < end and begin < match.end() for begin, end in taken):
                continue
            taken.append(match.span())
            found += _read(match)
    return tuple(sorted(found, key=lambda one: one.begin))


def _read(match: re.Match[str]) -> Iterator[FoundDay]:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else _MONTHS.index(parts["name"][:3].lower()) + 1
    year, is_short = int(parts["year"]), len(parts["year"]) == 2
    if is_short:
        year += 2000 if year <= LAST_OF_THIS_CENTURY else 1900
    if not 1 <= month <= 12:
        return
    last = monthrange(year, month)[1]
    day = int(parts["day"]) if parts.get("day") else last
    if 1 <= day <= last:
        yield FoundDay(
            day=date(year, month, day),
            begin=match.start(),
            end=match.end(),
            is_month=parts.get("day") is None,
            is_short_year=is_short,
        )
