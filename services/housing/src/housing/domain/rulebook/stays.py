"""How many nights beside the working days a stay has."""

from dataclasses import dataclass
from datetime import date

from housing.domain.rulebook.dated import Row, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class StayMargins:
    """Days before the first working day on which one arrives, and after the last on which one leaves."""

    arrive_days_before: int
    leave_days_after: int


STAY_MARGINS = (
    Row(
        effective_from=date(2000, 1, 1),
        source="Agency practice (J): arrive 1-2 days before the first shift, leave 1-2 days after the last",
        value=StayMargins(arrive_days_before=1, leave_days_after=1),
    ),
)


def stay_margins(on: date) -> StayMargins:
    """The margins for an assignment that begins on this day."""
    return in_force(STAY_MARGINS, on, rule="stay margins")
