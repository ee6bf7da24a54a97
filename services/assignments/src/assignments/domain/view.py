"""An assignment with its lights, as it looks at one moment."""

from dataclasses import dataclass
from datetime import datetime

from assignments.domain.agreement import missing_agreements
from assignments.domain.assignment import Assignment
from assignments.domain.lifecycle import BEFORE_START
from assignments.domain.readiness import DepartmentBlocker, Forecast, Readiness, forecast, on_critical_path
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged
from shared.errors import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentView:
    """An assignment with its lights. The forecast is about the start: None once it is behind, or the offer open."""

    assignment: Assignment
    readiness: Readiness
    forecast: Forecast | None
    critical_blocker: DepartmentBlocker | None
    unsigned: tuple[Finding, ...]


def view_of(assignment: Assignment, lights: Readiness, *, facility: FacilityChanged, now: datetime) -> AssignmentView:
    """How the assignment looks now; the day is its facility's."""
    today = local_day(now, facility.time_zone)
    is_ahead = assignment.state in BEFORE_START
    return AssignmentView(
        assignment=assignment,
        readiness=lights,
        forecast=forecast(lights, start_date=assignment.terms.start_date, today=today) if is_ahead else None,
        critical_blocker=on_critical_path(lights),
        unsigned=missing_agreements(assignment),
    )
