"""A whole list, kept so that the few rows that may be about a person are found without looking at the others.

Rows with a birth date are found by it, whatever the name; where one is missing, rows are found by the last name, and by
what is left of it when any one letter is taken out: two words with one slip between them then have something in common.
Building an index takes a second or two for a full list, so it is built a part at a time.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from credentialing.domain.screening.birth_dates import swapped
from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.domain.screening.leie import LAST_WIDTH
from credentialing.domain.screening.matching import Listed, Sought, listed
from credentialing.domain.screening.names import Shape

SHORTEST_CUT = 12
"""Letters of a last name that may have filled its field of 20 characters, blanks and hyphens left out."""

Rows = list[Listed]


class ListIndex:
    """The rows of one release."""

    def __init__(self) -> None:
        self._by_birth: dict[date, Rows] = {}
        self._by_npi: dict[str, Rows] = {}
        self._dated: dict[str, Rows] = {}
        self._undated: dict[str, Rows] = {}
        self._shortened: dict[str, tuple[str, ...]] = {}
        self._cut: dict[str, Rows] = {}
        self.rows = 0

    def add(self, entries: Iterable[Entry]) -> None:
        """Takes in some more rows of the release."""
        for entry in entries:
            self.rows += 1
            row = listed(entry)
            if entry.npi:
                self._by_npi.setdefault(entry.npi, []).append(row)
            if entry.kind is EntryKind.INDIVIDUAL:
                self._add_person(row)

    def candidates(self, whom: Sought) -> Iterator[Listed]:
        """The rows that may be about the person, each once: by number, by birth date, by name where a date is missing.

        Besides, the rows of exactly this name and another birth date, which clear but are worth keeping as evidence.
        """
        seen: set[int] = set()
        for row in self._found(whom):
            if id(row) not in seen:
                seen.add(id(row))
                yield row

    def _add_person(self, row: Listed) -> None:
        entry, shape = row.entry, row.shape
        by_name = self._undated
        if entry.birth_date is not None:
            self._by_birth.setdefault(entry.birth_date, []).append(row)
            by_name = self._dated
        for key in {shape.last, *shape.significant_parts}:
            if key not in self._dated and key not in self._undated:
                self._shorten(key)
            by_name.setdefault(key, []).append(row)
        if entry.last_may_be_truncated:
            self._cut.setdefault(shape.last, []).append(row)

    def _shorten(self, key: str) -> None:
        for shortened in _shortened(key):
            self._shortened[shortened] = (*self._shortened.get(shortened, ()), key)

    def _found(self, whom: Sought) -> Iterator[Listed]:
        if whom.npi:
            yield from self._by_npi.get(whom.npi, ())
        born = whom.person.birth_date
        if born is not None:
            yield from self._by_birth.get(born, ())
            other_way = swapped(born)
            if other_way is not None:
                yield from self._by_birth.get(other_way, ())
        for shape, _ in whom.shapes:
            yield from self._by_name(shape, is_dated=born is not None)

    def _by_name(self, shape: Shape, *, is_dated: bool) -> Iterator[Listed]:
        for key in self._keys(shape):
            yield from self._undated.get(key, ())
            if not is_dated:
                yield from self._dated.get(key, ())
        if is_dated:
            same = self._dated.get(shape.last, ())
            yield from (row for row in same if row.shape.first == shape.first)
        for row in self._cut_short(shape):
            if row.entry.birth_date is None or not is_dated:
                yield row

    def _cut_short(self, shape: Shape) -> Iterator[Listed]:
        """The rows whose last name fills its field and begins the person's, or a part of it."""
        for last in {shape.last, *shape.significant_parts}:
            for length in range(SHORTEST_CUT, min(len(last), LAST_WIDTH) + 1):
                yield from self._cut.get(last[:length], ())

    def _keys(self, shape: Shape) -> set[str]:
        """The last names that may be meant, and the given names, which a clerk may have exchanged with it."""
        keys = {shape.last, shape.first, *shape.given, *shape.significant_parts}
        for shortened in _shortened(shape.last):
            keys.update(self._shortened.get(shortened, ()))
        return keys


def _shortened(word: str) -> set[str]:
    """The word, and what is left of it when any one letter is taken out."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
