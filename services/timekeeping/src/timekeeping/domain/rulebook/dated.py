"""A dated row of the rulebook, and the one look-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from timekeeping.domain.errors import NoTimekeepingRuleInForce

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Generic[T]):
    """A value that holds from a day until a later row takes over, and where it was taken from."""

    effective_from: date
    source: str
    value: T


def in_force(rows: Sequence[Row[T]], on: date, *, rule: str) -> T:
    """The value of the newest row in effect on this day. Raises before the first row."""
    newest = max((row for row in rows if row.effective_from <= on), key=lambda row: row.effective_from, default=None)
    if newest is None:
        raise NoTimekeepingRuleInForce(rule=rule, on=on)
    return newest.value
