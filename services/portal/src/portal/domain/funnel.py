"""The funnel of an assignment: accepted, cleared, started on time, paid right.

An assignment is counted in the month in which its offer was accepted, by the agency's calendar. Each stands in exactly
one place (`Outcome`); a stage counts the places behind it as passed, those that may still get there as not due yet, and
the rest as failed. A share is passed / (passed + failed): what is not due yet never counts against anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

PAY_DUE_AFTER_DAYS = 14
"""Days from the start to the latest first payday of a weekly payroll: the week that the start lies in ends at most six
days later and is paid within the week after; one more day is grace."""


class Stage(StrEnum):
    """A step of the funnel; each is reached only by those that reached the step before."""

    ACCEPTED = "accepted"
    CLEARED = "cleared"
    STARTED = "started"
    PAID = "paid"


class Result(StrEnum):
    """What became of an assignment at a stage."""

    PASSED = "passed"
    PENDING = "pending"
    FAILED = "failed"


class Outcome(StrEnum):
    """Where an assignment stands now; exactly one for each."""

    PAID_RIGHT = "paid_right"
    PAY_PENDING = "pay_pending"
    PAY_CORRECTED = "pay_corrected"
    PAY_MISSING = "pay_missing"
    STARTED_LATE = "started_late"
    STARTED_UNCLEARED = "started_uncleared"
    START_PENDING = "start_pending"
    START_MISSED = "start_missed"
    CLEARING = "clearing"
    CLEARING_LATE = "clearing_late"
    LOST_CLEARED = "lost_cleared"
    LOST_UNCLEARED = "lost_uncleared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is known of one assignment; days are the facility's. `promised_on` is the start that the offer promised.

    `is_paid_right` is None before the first pay statement, and False once that statement was corrected.
    """

    is_cleared: bool
    is_over: bool
    promised_on: date
    started_on: date | None = None
    is_paid_right: bool | None = None


def outcome_of(course: Course, *, today: date) -> Outcome:
    """Where the assignment stands on this day (the agency's).

    A promised start is due when its day has passed: on the day itself it may still happen. A start that the client
    pushed is judged by the first promise, too.
    """
    if course.started_on is not None:
        return _after_start(course, course.started_on, today)
    if course.is_over:
        return Outcome.LOST_CLEARED if course.is_cleared else Outcome.LOST_UNCLEARED
    is_due = course.promised_on < today
    if course.is_cleared:
        return Outcome.START_MISSED if is_due else Outcome.START_PENDING
    return Outcome.CLEARING_LATE if is_due else Outcome.CLEARING


def _after_start(course: Course, started_on: date, today: date) -> Outcome:
    if not course.is_cleared:
        return Outcome.STARTED_UNCLEARED
    if started_on > course.promised_on:
        return Outcome.STARTED_LATE
    if course.is_paid_right is not None:
        return Outcome.PAID_RIGHT if course.is_paid_right else Outcome.PAY_CORRECTED
    is_due = started_on + timedelta(days=PAY_DUE_AFTER_DAYS) < today
    return Outcome.PAY_MISSING if is_due else Outcome.PAY_PENDING


_PAID = frozenset({Outcome.PAID_RIGHT})
_STARTED = _PAID | {Outcome.PAY_PENDING, Outcome.PAY_CORRECTED, Outcome.PAY_MISSING}
_CLEARED = _STARTED | {Outcome.STARTED_LATE, Outcome.START_PENDING, Outcome.START_MISSED, Outcome.LOST_CLEARED}

PASSED: Mapping[Stage, frozenset[Outcome]] = {
    Stage.ACCEPTED: frozenset(Outcome),
    Stage.CLEARED: _CLEARED,
    Stage.STARTED: _STARTED,
    Stage.PAID: _PAID,
}
"""The outcomes that got as far as each stage."""

PENDING: Mapping[Stage, frozenset[Outcome]] = {
    Stage.ACCEPTED: frozenset(),
    Stage.CLEARED: frozenset({Outcome.CLEARING}),
    Stage.STARTED: frozenset({Outcome.CLEARING, Outcome.START_PENDING}),
    Stage.PAID: frozenset({Outcome.CLEARING, Outcome.START_PENDING, Outcome.PAY_PENDING}),
}
"""The outcomes that may still get there in time."""

DEFINITIONS: Mapping[Stage, str] = {
    Stage.ACCEPTED: "Offers accepted in these months, by the agency's calendar. Each later step counts only those that "
    "reached the step before it.",
    Stage.CLEARED: "Clearance was granted. Not due yet while the promised start lies ahead; failed once that day has "
    "passed without clearance, if work began without it, or if the assignment was lost before it.",
    Stage.STARTED: "The first day of work was on or before the start that the accepted offer promised; a start pushed "
    "later counts as late, whoever pushed it. Not due yet while the promised day has not passed.",
    Stage.PAID: f"The first pay statement was issued and not corrected. Not due yet until {PAY_DUE_AFTER_DAYS} days "
    "after the start; then a missing statement counts as failed.",
}
"""How each stage is counted, as it is written beside the figure."""


def outcomes_of(stage: Stage, result: Result) -> frozenset[Outcome]:
    """The outcomes that count so at this stage: the three results of a stage share out all outcomes."""
    passed, pending = PASSED[stage], PENDING[stage]
    return {Result.PASSED: passed, Result.PENDING: pending}.get(result, frozenset(Outcome) - passed - pending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One stage in figures: how many passed, may still pass, and failed."""

    stage: Stage
    passed: int
    pending: int
    failed: int

    @property
    def percent(self) -> int | None:
        """Passed among those that are decided, as a whole per cent rounded half up; None while none is decided."""
        decided = self.passed + self.failed
        return (self.passed * 200 + decided) // (decided * 2) if decided else None


def standings(counts: Mapping[Outcome, int]) -> tuple[Standing, ...]:
    """The four stages in order, from how many assignments stand at each outcome (missing: none)."""

    def total(stage: Stage, result: Result) -> int:
        return sum(counts.get(outcome, 0) for outcome in outcomes_of(stage, result))

    return tuple(
        Standing(
            stage=stage,
            passed=total(stage, Result.PASSED),
            pending=total(stage, Result.PENDING),
            failed=total(stage, Result.FAILED),
        )
        for stage in Stage
    )


def of_step_before(stage: Stage, counts: Mapping[Outcome, int]) -> Standing:
    """The stage among those alone that reached the step before it: the conversion of one step."""
    stages = tuple(Stage)
    before = PASSED[stages[max(stages.index(stage) - 1, 0)]]
    reached = {outcome: number for outcome, number in counts.items() if outcome in before}
    return next(each for each in standings(reached) if each.stage is stage)
