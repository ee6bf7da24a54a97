"""Shifts that are planned and that no clearance covers any more, from what timekeeping answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

MOST: Final = 6
"""The next ones by their days; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedView:
    """How many there are, the next ones' work days, and whether more follow than timekeeping shows at once."""

    count: int
    days: tuple[date, ...]
    more: int
    is_counted_whole: bool


def blocked_view(plan: Mapping[str, Any]) -> BlockedView | None:
    """The blocked shifts among those that timekeeping shows; None where there are none."""
    days = [date.fromisoformat(str(one["work_date"])) for one in plan["shifts"] if one["blocked"]]
    if not days:
        return None
    return BlockedView(
        count=len(days),
        days=tuple(days[:MOST]),
        more=len(days[MOST:]),
        is_counted_whole=plan["more_shifts_from"] is None,
    )
