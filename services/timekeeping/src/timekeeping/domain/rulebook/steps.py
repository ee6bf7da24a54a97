"""How long each step usually takes, how early it must be done, and how much effort it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timekeeping.domain.rulebook.dated import Row, in_force


class StepName(StrEnum):
    """One thing that must be true before hours can be taken down and approved."""

    SHIFTS_PLANNED = "shifts_planned"
    CLOCK_REGISTERED = "clock_registered"
    APPROVERS_NAMED = "approvers_named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The usual course of a step: days it takes, days before the start it is due, minutes of work."""

    lead_days: int
    due_days_before: int
    weight_minutes: int


EFFORTS = (
    Row(
        effective_from=date(2000, 1, 1),
        source="Agency practice (J): clock access takes a supplier's registration, approvers one call to the unit",
        value={
            StepName.SHIFTS_PLANNED: Effort(lead_days=0, due_days_before=7, weight_minutes=15),
            StepName.CLOCK_REGISTERED: Effort(lead_days=5, due_days_before=3, weight_minutes=15),
            StepName.APPROVERS_NAMED: Effort(lead_days=3, due_days_before=3, weight_minutes=10),
        },
    ),
)


def effort(step: StepName, on: date) -> Effort:
    """The usual course of a step that is asked for on this day."""
    return in_force(EFFORTS, on, rule="steps")[step]
