"""Whether a row of an exclusion list is about a person: clear, to be reviewed, or a stop until it is checked.

No outcome says who somebody is: only the check by Social Security number at the source does, by a person. A name alone
proves nothing and clears nothing; the birth date does the work (field facts, section 5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credentialing.domain.screening.birth_dates import BirthDates, compare_birth_dates
from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.domain.screening.name_match import (
    EXACT,
    Allowance,
    Way,
    Ways,
    compare_names,
    in_order,
    middles_conflict,
    with_kind,
)
from credentialing.domain.screening.names import NameKind, PersonName, Shape, shaped
from credentialing.domain.screening.npi import is_filler, npi_of


class Verdict(StrEnum):
    """What follows for the person, from the mildest."""

    CLEAR = "clear"
    REVIEW = "review"
    """A person must look before anything is known."""
    BLOCK = "block"
    """A hard stop until the identity was checked at the source."""


SEVERITY = tuple(Verdict)
"""From the mildest to the gravest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom we look for: all names, current, former and others; `npi` as it was given; where they are to work."""

    names: tuple[PersonName, ...]
    birth_date: date | None = None
    npi: str | None = None
    work_states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A person in the form for comparing, made once for a whole list."""

    person: Person
    shapes: tuple[tuple[Shape, NameKind], ...]
    npi: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A row of a list in the form for comparing."""

    entry: Entry
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a row means for a person. `reasons` are stable codes: identifiers, name, what else, birth date."""

    verdict: Verdict
    reasons: tuple[str, ...]


def sought(person: Person) -> Sought:
    """The person in the form for comparing."""
    shapes = tuple((shaped(name.first, name.last, middle=name.middle), name.kind) for name in person.names)
    return Sought(person=person, shapes=shapes, npi=npi_of(person.npi))


def listed(entry: Entry) -> Listed:
    """The row in the form for comparing."""
    return Listed(entry=entry, shape=shaped(entry.first, entry.last, middle=entry.middle))


def compare(whom: Sought, row: Listed, *, on: date, in_use: frozenset[str] = frozenset()) -> Match:
    """What the row means for the person on that day.

    `in_use`: the lists that are screened besides this one; a row that stands in one of them as well is left to it.
    """
    entry = row.entry
    numbers = _numbers(whom, entry)
    if over := _no_longer(entry, on=on, in_use=in_use):
        return Match(verdict=Verdict.CLEAR, reasons=(over,))
    if entry.kind is EntryKind.ENTITY:
        verdict = Verdict.REVIEW if "npi_exact" in numbers else Verdict.CLEAR
        return Match(verdict=verdict, reasons=(*numbers, "entity_row"))
    birth = compare_birth_dates(whom.person.birth_date, entry.birth_date)
    ways, shape = _best_name(whom, row, birth)
    if ways is None:
        return _of_another_name(numbers, birth, is_readable=any(one.last for one, _ in whom.shapes))
    if birth is BirthDates.CONFLICT and "npi_exact" not in numbers:
        names = () if in_order(ways) == (EXACT,) else in_order(ways)
        return Match(verdict=Verdict.CLEAR, reasons=(*_without_conflict(numbers), *names, birth.value))
    doubts = _doubts(entry, shape=shape, row=row, whom=whom, on=on)
    is_same = "npi_exact" in numbers and birth is not BirthDates.CONFLICT
    is_strong = Way.FUZZY not in ways and birth is BirthDates.EXACT
    verdict = Verdict.BLOCK if (is_same or is_strong) and not doubts else Verdict.REVIEW
    return Match(verdict=verdict, reasons=(*numbers, *in_order(ways), *doubts, birth.value))


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """The gravest of the verdicts; clear when there are none."""
    return max(verdicts, key=SEVERITY.index, default=Verdict.CLEAR)


def _numbers(whom: Sought, entry: Entry) -> tuple[str, ...]:
    """What the NPIs say: nobody has two, but zeros are nobody's, and neither is one whose check digit is wrong."""
    if whom.npi and entry.npi:
        return ("npi_exact",) if whom.npi == entry.npi else ("npi_conflict",)
    return ("npi_filler_ignored",) if entry.npi_is_filler and is_filler(whom.person.npi) else ()


def _without_conflict(numbers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(reason for reason in numbers if reason != "npi_conflict")


def _no_longer(entry: Entry, *, on: date, in_use: frozenset[str]) -> str | None:
    """Why the row excludes nobody on that day."""
    if entry.reinstated_on is not None and entry.reinstated_on <= on:
        return "reinstated"
    if entry.ends_on is not None and entry.ends_on < on:
        return "exclusion_ended"
    return f"overlaps_{entry.overlaps}" if entry.overlaps in in_use else None


def _best_name(whom: Sought, row: Listed, birth: BirthDates) -> tuple[Ways | None, Shape]:
    """The name that fits with the least allowance, the current one before others."""
    allowance = Allowance(
        cut_last=row.entry.last_may_be_truncated,
        cut_first=row.entry.first_may_be_truncated,
        by_name=birth is BirthDates.MISSING,
    )
    found: list[tuple[tuple[bool, int, int], Ways, Shape]] = []
    for place, (shape, kind) in enumerate(whom.shapes):
        ways = compare_names(shape, row.shape, allowance=allowance)
        if ways is not None:
            found.append(((Way.FUZZY in ways, len(ways), place), with_kind(ways, kind), shape))
    if not found:
        return None, row.shape
    _, ways, shape = min(found, key=lambda one: one[0])
    return ways, shape


def _of_another_name(numbers: tuple[str, ...], birth: BirthDates, *, is_readable: bool) -> Match:
    """Only the number can still speak for the person: the two may be one who changed the name.

    `is_readable`: a name of the person is in Latin letters. Where none is, lists have it in letters that we do not
    know, so that the birth date alone makes a person look.
    """
    if "npi_exact" in numbers:
        verdict = Verdict.BLOCK if birth is BirthDates.EXACT else Verdict.REVIEW
        return Match(verdict=verdict, reasons=(*numbers, birth.value))
    if not is_readable and birth in (BirthDates.EXACT, BirthDates.SWAPPED):
        return Match(verdict=Verdict.REVIEW, reasons=(*_without_conflict(numbers), "name_unreadable", birth.value))
    return Match(verdict=Verdict.CLEAR, reasons=_without_conflict(numbers) or ("name_different",))


def _doubts(entry: Entry, *, shape: Shape, row: Listed, whom: Sought, on: date) -> tuple[str, ...]:
    """What makes a person look where the rest would stop at once."""
    doubts = []
    if middles_conflict(shape, row.shape):
        doubts.append("middle_conflict")
    if entry.excluded_on is not None and entry.excluded_on > on:
        doubts.append("not_yet_effective")
    if entry.waived_on is not None and whom.person.work_states and whom.person.work_states <= {entry.waiver_state}:
        doubts.append("waiver_state")
    return tuple(doubts)
