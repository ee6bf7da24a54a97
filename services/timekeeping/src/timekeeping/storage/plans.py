"""Plans, one per assignment."""

from collections.abc import Mapping, Sequence

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.assignments import FacilityChanged
from shared.workstreams.parts import AssignmentParts
from timekeeping.domain.plan import Plan
from timekeeping.storage.tables import plan


def _columns(value: Plan) -> Mapping[str, object]:
    return {
        "plan_id": value.plan_id,
        "assignment_id": value.assignment_id,
        "clinician_id": value.clinician_id,
        "facility_id": value.facility_id,
        "time_zone": value.time_zone,
        "workweek_starts": value.workweek_starts.value,
        "assignment_state": value.assignment_state.value,
        "start_date": value.terms.start_date,
        "is_open": not value.is_closed,
    }


_plans = AssignmentParts(plan, Plan, _columns, noun="plan")
save, to_read, to_change = _plans.save, _plans.to_read, _plans.to_change
of_assignment, find_for_assignment = _plans.of_assignment, _plans.find_for_assignment
load_of_assignments = _plans.load_of_assignments
listed, BY_START = _plans.listed, _plans.by_start


async def open_under_other_clocks(session: AsyncSession, facility: FacilityChanged) -> Sequence[Plan]:
    """The open plans at a facility that reckon with another time zone or workweek, locked for a change, in id order."""
    return await _plans.find(
        session,
        plan.c.facility_id == facility.facility_id,
        or_(plan.c.time_zone != facility.time_zone, plan.c.workweek_starts != facility.workweek_starts.value),
        plan.c.is_open,
        lock=True,
    )
