"""All rules at one time: which version of each holds on a day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from credentialing.domain.errors import NoRequirementsInForce
from credentialing.domain.rulebook.place import FacilityFacts
from credentialing.domain.rulebook.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rulebook:
    """Every version of every rule, versions of one rule in order.

    `version` is the number of the rule set; it rises with every edit and every release that ships other rules. Two
    books are the same only if they are one object, so that what was worked out from one is kept for it.
    """

    version: int
    rules: tuple[Rule, ...]
    changes: tuple[date, ...]
    """The days on which something begins or no longer holds."""
    places: Mapping[str, FacilityFacts]
    """What is known of facilities, by id."""

    def period(self, on: date) -> int:
        """Which of its periods the day is in; within one, the same rules hold."""
        return bisect_right(self.changes, on)

    def in_force(self, on: date) -> tuple[Rule, ...]:
        """The rules that hold on a day, in order. Raises NoRequirementsInForce when there is none."""
        held = held_in(self, self.period(on))
        if not held:
            raise NoRequirementsInForce(on=on)
        return held


def make_rulebook(rules: Iterable[Rule], *, version: int, places: Iterable[FacilityFacts] = ()) -> Rulebook:
    """A book of these rules and of what is known of these facilities."""
    every = tuple(rules)
    begun = {rule.effective_from for rule in every}
    ended = {rule.effective_to + timedelta(days=1) for rule in every if rule.effective_to is not None}
    known = MappingProxyType({place.facility_id: place for place in places})
    return Rulebook(version=version, rules=every, changes=tuple(sorted(begun | ended)), places=known)


@lru_cache(maxsize=256)
def held_in(book: Rulebook, period: int) -> tuple[Rule, ...]:
    """Of each rule its last version that has begun by then, unless that has ended.

    A later version so replaces the earlier ones from its own first day on, and only from then.
    """
    if period == 0:
        return ()
    on = book.changes[period - 1]
    begun: dict[str, Rule] = {}
    for rule in book.rules:
        if rule.effective_from <= on:
            begun[rule.rule_id] = rule
        else:
            begun.setdefault(rule.rule_id, rule)  # keeps the place of a rule that is to begin
    return tuple(rule for rule in begun.values() if rule.holds_on(on))
