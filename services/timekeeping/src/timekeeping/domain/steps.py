"""What must be true before hours can be taken down and approved, and what is true already."""

from datetime import date, timedelta

from shared.errors import Finding
from timekeeping.domain.plan import Plan
from timekeeping.domain.rulebook.steps import StepName, effort
from timekeeping.domain.shift import ShiftState
from timekeeping.domain.workweek import parts_of_weeks

STEPS = tuple(StepName)


def is_done(plan: Plan, step: StepName) -> bool:
    """Whether the step holds under the present terms."""
    match step:
        case StepName.SHIFTS_PLANNED:
            return not plan_findings(plan)
        case StepName.CLOCK_REGISTERED:
            return plan.clock_registered_on is not None
        case StepName.APPROVERS_NAMED:
            return plan.approver is not None and plan.backup_approver is not None


def undone(plan: Plan) -> tuple[StepName, ...]:
    """The steps that are still ahead."""
    return tuple(step for step in STEPS if not is_done(plan, step))


def plan_findings(plan: Plan) -> tuple[Finding, ...]:
    """Whether a whole workweek, or the whole assignment, is without a shift: only other terms mend it."""
    days = {shift.work_date for shift in plan.shifts if shift.state is not ShiftState.VOID}
    weeks = parts_of_weeks(plan.terms.period, plan.workweek_starts)
    empty = [week for week in weeks if week.length_days == 7 and days.isdisjoint(week.days())]
    if days and not empty:
        return ()
    message = "No shift of the pattern falls into the assignment, or into a whole week of it."
    return (Finding(pointer="/terms/shift_pattern", code="week_without_shift", message=message),)


def due_on(plan: Plan, step: StepName) -> date:
    """The last day for a step: some days before the start, but never before the day it was asked for."""
    return max(plan.terms.start_date - timedelta(days=effort(step, plan.asked_on).due_days_before), plan.asked_on)


def expected_ready_on(plan: Plan, today: date) -> date | None:
    """The day on which the last step is usually done; None when nothing is ahead.

    Steps run side by side from the day they were asked for; one that is late is expected today.
    """
    finishes = [plan.asked_on + timedelta(days=effort(step, plan.asked_on).lead_days) for step in undone(plan)]
    return max((*finishes, today)) if finishes else None
