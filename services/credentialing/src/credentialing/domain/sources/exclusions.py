"""What SAM.gov is asked about a clinician where its extract is not loaded, and what its records mean.

They are compared as rows of the extract are. None has a birth date, so that they refute nobody: what may be about the
clinician is for a person to look at.
Source: field facts, 4.3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.domain.screening.lists import SAM
from credentialing.domain.screening.matching import Match, Person, Sought, Verdict, compare, listed, sought
from credentialing.domain.screening.names import Shape, readings
from credentialing.domain.screening.sam import api_entry
from credentialing.domain.sources.answer import Confirmed, Facts, Unclear
from credentialing.domain.sources.json_values import Json, record_of, text_of
from credentialing.domain.sources.question import Screened

PAGE: Final = "https://sam.gov/search/"
"""Where a person looks."""
SHOWN: Final = 5
"""Records that are told in words; whoever looks sees all of them there."""
LONGEST_WORD: Final = 80
NOTHING_LISTED: Final = "no active exclusion"

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search: by a number, or by words that all occur in a name."""

    npi: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """A record as it came, and as it is compared; `entry` and `match` are None for one without a name."""

    sent: Json
    entry: Entry | None = None
    match: Match | None = None

    @property
    def is_cleared(self) -> bool:
        return self.match is not None and self.match.verdict is Verdict.CLEAR


def searches(person: Person) -> tuple[Search, ...]:
    """All that SAM.gov must be asked, as few as will do: the number first, which tells most; none without a name.

    Middle names are left out, so that a record without one is found; so is an initial. Of a double last name each part
    is asked for by itself. What another search finds as well is not asked for.
    """
    again = {other for name in person.names for other in readings(name)[1:]}  # their first reading finds as much
    whom = sought(replace(person, names=tuple(name for name in person.names if name not in again)))
    names = _fewest(_asked(shape, last) for shape, _ in whom.shapes for last in _last_names(shape))
    first = (Search(npi=whom.npi),) if whom.npi else ()
    return (*first, *(Search(name=" ".join(words)) for words in names)) if names else ()


def judge_records(records: Sequence[Json], screened: Screened, *, left: int, today: date) -> Confirmed | Unclear:
    """What the records found so far mean; `left` searches were not made.

    A record without a name is compared with nobody, and is for a person to look at. Rows of HHS and OPM stand in the
    LEIE as well and are left to it where that is loaded.
    """
    whom = sought(screened.person)
    others = screened.lists_in_use - {SAM.name}
    found = [_compared(record, whom, today=today, in_use=others) for record in _distinct(records)]
    doubted = [one for one in found if not one.is_cleared]
    if doubted:
        unasked = (f"{_counted(left, 'search', 'searches')} not made yet when this was found.",) if left else ()
        return Unclear(facts=Facts(url=PAGE, notes=unasked), why=_doubt(doubted))
    return Confirmed(facts=Facts(url=PAGE, status_text=NOTHING_LISTED, notes=(_cleared(found, screened.person),)))


def _last_names(shape: Shape) -> Sequence[Words]:
    """Each part of a double name; none of a name that has no letters."""
    whole = (shape.last_parts,) if shape.last_parts else ()
    return tuple((part,) for part in shape.significant_parts) or whole


def _asked(shape: Shape, last: Words) -> Words:
    """The last name and the first given one; of an initial nothing is known but that it begins a name."""
    return (*last, *(word for word in shape.given[:1] if len(word) > 1))


def _fewest(asked: Iterable[Words]) -> tuple[Words, ...]:
    """Without those whose records another one finds: all words must occur, so that fewer find more."""
    distinct = {frozenset(words): words for words in asked}
    return tuple(words for own, words in distinct.items() if not any(other < own for other in distinct))


def _distinct(records: Sequence[Json]) -> Sequence[Json]:
    """Each record once, which several searches may have found."""
    return [record for at, record in enumerate(records) if record not in records[:at]]


def _compared(record: Json, whom: Sought, *, today: date, in_use: frozenset[str]) -> _Record:
    entry = api_entry(record, line=0)
    if entry is None:
        return _Record(sent=record)
    return _Record(sent=record, entry=entry, match=compare(whom, listed(entry), on=today, in_use=in_use))


def _doubt(doubted: Sequence[_Record]) -> str:
    told = [_told(one) for one in doubted[:SHOWN]]
    more = [f"{len(doubted) - SHOWN} more"] if len(doubted) > SHOWN else []
    counted = _counted(len(doubted), "active exclusion", "active exclusions")
    return (
        f"SAM.gov lists {counted} that may be of the clinician: {'; '.join([*told, *more])}. "
        "A person must look at sam.gov whether it is them."
    )


def _told(one: _Record) -> str:
    """A record in a few words: of what kind, by which agency, when, and whether the number is the clinician's.

    Not by its name: it is like the clinician's, and these words stay when the clinician is forgotten.
    """
    details = record_of(one.sent.get("exclusionDetails"))
    agency = text_of(details, "excludingAgencyCode", "excludingAgencyName") or "no agency"
    if one.entry is None:
        return f"a record without a name ({agency[:LONGEST_WORD]})"
    since = f"from {one.entry.excluded_on}" if one.entry.excluded_on else "from a day not given"
    until = f"through {one.entry.ends_on}" if one.entry.ends_on else "without an end"
    is_number = one.match is not None and "npi_exact" in one.match.reasons
    number = ", with the clinician's NPI" if is_number else ""
    return f"{_kind(one.entry)} ({agency[:LONGEST_WORD]}, {since} {until}{number})"


def _kind(entry: Entry) -> str:
    who = "a person" if entry.kind is EntryKind.INDIVIDUAL else "a firm"
    return f"{who} of {entry.state[:LONGEST_WORD]}" if entry.state else who


def _cleared(found: Sequence[_Record], person: Person) -> str:
    """By what was searched, how much that found, and what is left to another list."""
    made = searches(person)
    names = _counted(sum(1 for one in made if one.name), "name", "names")
    by = f"the NPI and {names}" if any(one.npi for one in made) else names
    left = sum(1 for one in found if one.match and any(why.startswith("overlaps_") for why in one.match.reasons))
    seen = f"Searched by {by}: {_counted(len(found), 'record', 'records')}, none of the clinician"
    return f"{seen}; {left} left to the LEIE, which has the same" if left else seen


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
