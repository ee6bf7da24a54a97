"""Profiles, one per assignment."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from payroll.domain.profile import Profile
from payroll.storage.tables import profile
from shared.workstreams.parts import AssignmentParts


def _columns(value: Profile) -> Mapping[str, object]:
    return {
        "profile_id": value.profile_id,
        "assignment_id": value.assignment_id,
        "clinician_id": value.clinician_id,
        "facility_id": value.terms.facility_id,
        "assignment_state": value.assignment_state.value,
        "work_state": value.work_state,
        "start_date": value.terms.start_date,
        "is_open": value.is_open,
        "takes_pieces": value.takes_pieces,
    }


_profiles = AssignmentParts(profile, Profile, _columns, noun="profile")
save, to_read, to_change = _profiles.save, _profiles.to_read, _profiles.to_change
of_assignment, find_for_assignment = _profiles.of_assignment, _profiles.find_for_assignment
load_of_assignments, reaches_clinician = _profiles.load_of_assignments, _profiles.reaches_clinician
listed, BY_START = _profiles.listed, _profiles.by_start


async def of_clinician_that_take_pieces(session: AsyncSession, clinician_id: str) -> Sequence[Profile]:
    """The clinician's profiles that a piece still serves, locked for a change, in id order."""
    return await _profiles.find(session, profile.c.clinician_id == clinician_id, profile.c.takes_pieces, lock=True)


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Profile]:
    """All of the clinician's profiles, in id order."""
    return await _profiles.find(session, profile.c.clinician_id == clinician_id)


async def open_outside_state(session: AsyncSession, facility_id: str, *, state: str) -> Sequence[Profile]:
    """The open profiles at a facility that reckon with another work state, locked for a change, in id order."""
    return await _profiles.find(
        session,
        profile.c.facility_id == facility_id,
        profile.c.work_state != state,
        profile.c.is_open,
        lock=True,
    )
