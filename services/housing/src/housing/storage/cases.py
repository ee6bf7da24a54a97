"""Cases, one per assignment."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from housing.domain.case import Case
from housing.storage.tables import housing_case
from shared.workstreams.parts import AssignmentParts


def _columns(value: Case) -> Mapping[str, object]:
    return {
        "case_id": value.case_id,
        "assignment_id": value.assignment_id,
        "clinician_id": value.clinician_id,
        "facility_id": value.facility_id,
        "assignment_state": value.assignment_state.value,
        "mode": value.mode.value,
        "start_date": value.terms.start_date,
        "is_open": not value.is_closed,
    }


_cases = AssignmentParts(housing_case, Case, _columns, noun="case")
save, to_read, to_change = _cases.save, _cases.to_read, _cases.to_change
of_assignment, find_for_assignment = _cases.of_assignment, _cases.find_for_assignment
load_of_assignments = _cases.load_of_assignments
listed, BY_START = _cases.listed, _cases.by_start


async def open_at_facility(session: AsyncSession, facility_id: str) -> Sequence[Case]:
    """The open cases of assignments at a facility, locked for a change, in id order."""
    return await _cases.find(session, housing_case.c.facility_id == facility_id, housing_case.c.is_open, lock=True)
