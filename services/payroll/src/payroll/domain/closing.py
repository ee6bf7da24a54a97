"""How a profile ends: what falls away, what a person must look at, and whether final pay is owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from payroll.domain.weekly_pay import has_stipends
from shared.contracts.assignments import AssignmentEnded, State
from shared.contracts.terms import BonusKind, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The end of a profile.

    `final_pay_required` when work had begun: its last day is set by the work state. `undone` names what was
    planned and will not happen, `reviews` what a person must decide (field facts C4), both by stable codes in
    a stable order.
    """

    state: State
    ended_on: date
    final_pay_required: bool
    undone: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()


def closing_of(terms: Terms, ended: AssignmentEnded, *, was_active: bool, pieces_missing: bool) -> Closing:
    """What the end of the assignment means for its pay. A completed assignment undoes nothing."""
    worked = was_active or ended.state in (State.COMPLETED, State.TERMINATED)
    if worked:
        undone, reviews = _cut_short(terms, ended), _reviews_of_cut_short(terms, ended)
    else:
        undone, reviews = _never_begun(terms, pieces_missing), _reviews_of_never_begun(ended)
    return Closing(
        state=ended.state,
        ended_on=ended.ended_on,
        final_pay_required=worked,
        undone=tuple(undone),
        reviews=tuple(reviews),
    )


def _cut_short(terms: Terms, ended: AssignmentEnded) -> Iterator[str]:
    if ended.state is State.COMPLETED:
        return
    if ended.ended_on < terms.end_date:
        yield "remaining_pay_periods_cancelled"
    if _promises(terms, BonusKind.COMPLETION):
        yield "completion_bonus_lapsed"


def _reviews_of_cut_short(terms: Terms, ended: AssignmentEnded) -> Iterator[str]:
    if ended.state is State.COMPLETED:
        return
    if _promises(terms, BonusKind.SIGN_ON):
        yield "sign_on_bonus_clawback"
    if terms.guaranteed_hours_per_week > 0:
        yield "guarantee_owed"


def _never_begun(terms: Terms, pieces_missing: bool) -> Iterator[str]:
    yield "pay_periods_cancelled"
    if has_stipends(terms.pay_package):
        yield "stipends_cancelled"
    if terms.pay_package.bonuses:
        yield "bonuses_cancelled"
    if pieces_missing:
        yield "onboarding_requests_withdrawn"


def _reviews_of_never_begun(ended: AssignmentEnded) -> Iterator[str]:
    if ended.state is State.NO_SHOW:
        yield "travel_clawback"


def _promises(terms: Terms, kind: BonusKind) -> bool:
    return any(bonus.kind is kind for bonus in terms.pay_package.bonuses)
