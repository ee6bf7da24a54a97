"""How long each step usually takes, how early it must be done, and how much effort it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from housing.domain.rulebook.dated import Row, in_force


class StepName(StrEnum):
    """One thing that must be true before the clinician has a bed that is paid for."""

    OWN_HOUSING = "own_housing"
    STIPEND_AGREED = "stipend_agreed"
    UNIT_CHOSEN = "unit_chosen"
    UNIT_BOOKED = "unit_booked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The usual course of a step: days it takes, days before the first night it is due, minutes of work."""

    lead_days: int
    due_days_before: int
    weight_minutes: int


EFFORTS = (
    Row(
        effective_from=date(2000, 1, 1),
        source="Agency practice (J): a place before travel is booked, a unit held two weeks ahead",
        value={
            StepName.OWN_HOUSING: Effort(lead_days=5, due_days_before=7, weight_minutes=10),
            StepName.STIPEND_AGREED: Effort(lead_days=3, due_days_before=7, weight_minutes=5),
            StepName.UNIT_CHOSEN: Effort(lead_days=4, due_days_before=14, weight_minutes=45),
            StepName.UNIT_BOOKED: Effort(lead_days=2, due_days_before=10, weight_minutes=20),
        },
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """The usual course of what follows an end: days until due, minutes of work."""

    due_days_after: int
    weight_minutes: int


LIABILITY_CHECKS = (
    Row(
        effective_from=date(2000, 1, 1),
        source="Agency practice (J): notice and break fees are settled within days of giving a unit up",
        value=Aftermath(due_days_after=3, weight_minutes=30),
    ),
)

CHECK_OUTS = (
    Row(
        effective_from=date(2000, 1, 1),
        source="Agency practice (J): keys and condition are taken on the day of departure or the day after",
        value=Aftermath(due_days_after=1, weight_minutes=30),
    ),
)


@lru_cache(maxsize=1024)  # one case asks for it a dozen times
def effort(step: StepName, on: date) -> Effort:
    """The usual course of a step that is asked for on this day."""
    return in_force(EFFORTS, on, rule="steps")[step]


def liability_check(on: date) -> Aftermath:
    """The usual course of checking what is owed for a booking given up on this day."""
    return in_force(LIABILITY_CHECKS, on, rule="liability checks")


def check_out(on: date) -> Aftermath:
    """The usual course of checking out of a unit on this day."""
    return in_force(CHECK_OUTS, on, rule="check-outs")
