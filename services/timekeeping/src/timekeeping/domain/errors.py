"""Every refusal of timekeeping. None of them is about where the assignment stands: a punch is never refused for that.

Refused
├── NoTimekeepingRuleInForce  the rulebook does not reach back to that day
├── UnknownTimeZone           the facility's zone is not in the IANA data
├── PlanClosed                the assignment is over
├── SameApprover              approver and backup are one person
├── ShiftEndsBeforeItStarts
├── MealLongerThanShift
├── WorkDateDiffers           the shift began on another day at the facility
├── ShiftOverlaps             the same hours were recorded before
└── NoShiftExpected           nothing was planned that could have been missed
"""

from shared.errors import Kind, Refused


class NoTimekeepingRuleInForce(Refused):
    """No row of the rulebook {rule} is in force on {on}."""

    code = "no_timekeeping_rule_in_force"
    kind = Kind.INVALID


class UnknownTimeZone(Refused):
    """The facility's time zone is not an IANA time zone."""

    code = "unknown_time_zone"
    kind = Kind.INVALID


class PlanClosed(Refused):
    """The assignment of this plan ended on {ended_on}."""

    code = "plan_closed"


class SameApprover(Refused):
    """Approver and backup approver are two different people."""

    code = "same_approver"
    kind = Kind.INVALID


class ShiftEndsBeforeItStarts(Refused):
    """A worked shift ends after it starts."""

    code = "shift_ends_before_it_starts"
    kind = Kind.INVALID


class MealLongerThanShift(Refused):
    """The unpaid meal has zero or more minutes and is shorter than the shift."""

    code = "meal_longer_than_shift"
    kind = Kind.INVALID


class WorkDateDiffers(Refused):
    """The work date is the day on which the shift began at the facility: {began_on}."""

    code = "work_date_differs"
    kind = Kind.INVALID


class ShiftOverlaps(Refused):
    """Shift {shift_id} was recorded for some of these hours; correct it instead."""

    code = "shift_overlaps"


class NoShiftExpected(Refused):
    """No shift is planned on {work_date} that is not yet recorded."""

    code = "no_shift_expected"
