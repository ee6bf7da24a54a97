"""How the values of several rules that ask for one item unite: the stricter one wins.

max_age_months, windows, monitor_days, break_days   the smallest
lookback_years, obtaining and checking days         the largest
due_days_before_start                               the largest: the earliest day
panel                                               all of them
issuers, satisfied_by                               those that every rule accepts; no issuer left is a conflict
must_cover                                          the later in `COVERS`; of the end and the start, the end
mode                                                strict
waivable                                            the first of `STRICTEST_FIRST`; never stays never
confirmed_by                                        the later in `CONFIRMERS`
trails_days                                         the smallest; none when a rule that asks allows none
end_of_month                                        as with the smallest age
season                                              from the earlier first day to the later last one
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from credentialing.domain.requirement import STRICTEST_FIRST, Confirmer
from credentialing.domain.rulebook.ask import BARE, VALUES, Ask
from credentialing.domain.validity import Mode, MustCover, Season
from shared.contracts.terms import Weekday

T = TypeVar("T")

COVERS = (
    MustCover.PAYROLL,
    MustCover.SEASON,
    MustCover.START_PLUS_3BD,
    MustCover.START,
    MustCover.DECISION,
    MustCover.PACKET_DUE,
    MustCover.ORDER,
    MustCover.SUBMISSION,
    MustCover.ASSIGNMENT_END,
    MustCover.CONTINUOUS,
)
"""From the loosest: what is needed earlier is stricter, and what is needed to the end is stricter still."""

CONFIRMERS = (Confirmer.SPECIALIST, Confirmer.SECOND_PERSON, Confirmer.SOURCE, Confirmer.CLIENT)
"""From the loosest; where the client decides, nobody decides for it."""

MODES = (Mode.RENEW_BY, Mode.STRICT)
FIRST_MONTH = 7
"""Seasons are compared over the winter, from July to June."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one rule says of one item."""

    rule: str
    ask: Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What all of them say together; `weekdays` are those before the start on which it is due, `conflicts` words."""

    ask: Ask
    weekdays: tuple[Weekday, ...]
    conflicts: tuple[str, ...]


def merged(every: Sequence[Said]) -> Merged:
    """The values of all rules that ask for one item; there is at least one.

    **Shape**: lists come sorted. A conflict names which rule accepts what.
    """
    asks = [one.ask for one in every]
    weekdays = tuple(dict.fromkeys(ask.due_weekday_before_start for ask in asks if ask.due_weekday_before_start))
    together = _alone(asks[0]) if len(asks) == 1 else _together(asks)
    return Merged(ask=together, weekdays=weekdays, conflicts=_conflicts(every, together))


def _alone(ask: Ask) -> Ask:
    panel, issuers = ask.panel, ask.issuers
    return replace(
        ask,
        due_weekday_before_start=None,
        panel=None if panel is None else _in_any([panel]),
        issuers=None if issuers is None else _in_all([issuers]),
    )


def _together(asks: Sequence[Ask]) -> Ask:
    values = {name: MERGES[name]([getattr(ask, name) for ask in asks]) for name in VALUES if name in MERGES}
    return replace(
        BARE,
        **{name: value for name, value in values.items() if value is not None},
        end_of_month=_end_of_month(asks),
        trails_days=_trails(asks),
    )


def _conflicts(every: Sequence[Said], together: Ask) -> tuple[str, ...]:
    if together.issuers != ():
        return ()
    accepted = [f"{one.rule} accepts {', '.join(one.ask.issuers)}" for one in every if one.ask.issuers]
    return (f"issuers: {'; '.join(accepted)}",)


def _end_of_month(asks: Sequence[Ask]) -> bool | None:
    aged = [(ask.max_age_months, bool(ask.end_of_month)) for ask in asks if ask.max_age_months is not None]
    if aged:
        return min(aged)[1] or None
    flags = [ask.end_of_month for ask in asks if ask.end_of_month is not None]
    return all(flags) if flags else None


def _trails(asks: Sequence[Ask]) -> int | None:
    trailing = [ask.trails_days for ask in asks]
    return None if None in trailing else min(days for days in trailing if days is not None)


def _one(decide: Callable[[list[Any]], T]) -> Callable[[Sequence[Any]], T | None]:
    """Decides among the values that are set; None when none is."""

    def among(values: Sequence[Any]) -> T | None:
        known = [value for value in values if value is not None]
        return decide(known) if known else None

    return among


def _last_of(order: Sequence[T]) -> Callable[[Sequence[Any]], T | None]:
    return _one(lambda known: max(known, key=order.index))


def _in_all(known: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(set(known[0]).intersection(*known[1:])))


def _in_any(known: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(set().union(*known)))


def _longest(known: list[Season]) -> Season:
    first = min((one.first for one in known), key=_of_winter)
    return Season(first=first, last=max((one.last for one in known), key=_of_winter))


def _of_winter(day: tuple[int, int]) -> tuple[int, int]:
    month, number = day
    return (month - FIRST_MONTH) % 12, number


MERGES: Mapping[str, Callable[[Sequence[Any]], Any]] = MappingProxyType(
    {
        "must_cover": _last_of(COVERS),
        "mode": _last_of(MODES),
        "waivable": _last_of(STRICTEST_FIRST[::-1]),
        "confirmed_by": _last_of(CONFIRMERS),
        "owner": _one(lambda known: known[0]),
        "bound_to": _one(max),
        "printed_expiry": _one(any),
        "max_age_months": _one(min),
        "window_before_start": _one(min),
        "window_before_decision": _one(min),
        "monitor_days": _one(min),
        "season": _one(_longest),
        "break_days": _one(min),
        "issuers": _one(_in_all),
        "panel": _one(_in_any),
        "lookback_years": _one(max),
        "satisfied_by": _one(_in_all),
        "due_days_before_start": _one(max),
        "obtain_days": _one(max),
        "obtain_days_at_most": _one(max),
        "verify_days": _one(max),
    }
)
"""Value by value; `end_of_month` and `trails_days` depend on others, weekdays on the start."""
