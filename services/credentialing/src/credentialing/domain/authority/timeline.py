"""From the verdict of each day to the decision for a range of days."""

from collections.abc import Callable, Iterable
from datetime import date

from credentialing.domain.authority.decision import Authority, Reason, Verdict
from credentialing.domain.authority.licence import ONE_DAY
from shared.periods import Period


def over(days: Period, changes: Iterable[date], *, verdict_on: Callable[[date], Verdict]) -> Authority:
    """The decision for the first day, and when it changes; asked only on days where something changes."""
    turns = [days.start, *sorted({day for day in changes if days.start < day < days.end})]
    verdicts = [(day, verdict_on(day)) for day in turns]
    first = verdicts[0][1]
    good = next((place for place, (_, verdict) in enumerate(verdicts) if verdict.is_authorized), None)
    later = verdicts[good:] if good is not None else []
    stop = next(((day, verdict) for day, verdict in later if not verdict.is_authorized), None)
    stretch = [verdict for day, verdict in later if stop is None or day < stop[0]]
    return Authority(
        decision=first.decision,
        basis=first.basis,
        basis_licence=first.licence if first.is_authorized else None,
        reasons=_reasons(first, stretch),
        first_authorized_on=verdicts[good][0] if good else None,
        authorized_until=stop[0] - ONE_DAY if stop else None,
        apply_by=next((verdict.apply_by for verdict in stretch if verdict.apply_by), first.apply_by),
        ends_because=stop[1].reasons if stop else (),
    )


def _reasons(first: Verdict, stretch: list[Verdict]) -> tuple[Reason, ...]:
    """Those of the first day; of an authorized one also what falls due later in the stretch (a move inside it)."""
    if not first.is_authorized:
        return first.reasons
    return tuple(dict.fromkeys(reason for verdict in stretch for reason in verdict.reasons))
