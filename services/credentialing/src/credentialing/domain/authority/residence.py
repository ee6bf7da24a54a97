"""Where somebody lives in the sense of the nurse compact: one primary state of residence (PSOR) at a time.

It is the legal residence (driving licence, voter card, tax return, military form 2058, W-2); working away does not
change it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from credentialing.domain.authority.licence import ONE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """A time of primary residence, both days inclusive; open ends are None.

    `applied_on` is when a licence of this state was applied for after moving there. `proofs` are the states that
    proofs of residence name; one that names another state needs a person's look.
    """

    state: str
    first: date | None = None
    last: date | None = None
    applied_on: date | None = None
    proofs: tuple[str, ...] = ()

    @property
    def begins(self) -> date:
        """Its first day; without one it always was."""
        return self.first or date.min

    def holds_on(self, day: date) -> bool:
        """Whether the residence is this one on that day."""
        return self.begins <= day and (self.last is None or day <= self.last)

    @property
    def changes(self) -> Iterator[date]:
        """The days on which it begins, and on which it is over."""
        yield from (day for day in (self.first,) if day)
        yield from (day + ONE_DAY for day in (self.last,) if day and day < date.max)


def residence_on(residences: Iterable[Residence], day: date) -> Residence | None:
    """The residence on a day; of two that overlap, the one that began later. None when it is unknown."""
    return max((one for one in residences if one.holds_on(day)), key=lambda one: one.begins, default=None)


def since_leaving(residences: Iterable[Residence], state: str, *, on: date) -> tuple[Residence, ...]:
    """The residences begun by that day after the last one in a state, in order; all of them when it was never there."""
    begun = sorted((one for one in residences if one.begins <= on), key=lambda one: one.begins)
    there = [place for place, one in enumerate(begun) if one.state == state]
    return tuple(begun[there[-1] + 1 :] if there else begun)
