"""Profiles, one per assignment."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from payroll.domain.profile import Profile
from payroll.storage.tables import profile
from shared.db.documents import Documents
from shared.db.versions import require_version
from shared.errors import NotFound


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


_profiles = Documents(profile, Profile, _columns)
save = _profiles.save


async def of_assignment(session: AsyncSession, assignment_id: str) -> Profile | None:
    """The profile of an assignment, locked for a change; None when none was opened."""
    return await _profiles.get(session, profile.c.assignment_id == assignment_id, lock=True)


async def to_change(session: AsyncSession, profile_id: str, *, expected_version: int | None) -> Profile:
    """The profile, locked for a change. Raises NotFound, VersionMismatch."""
    found = await _profiles.get(session, profile.c.profile_id == profile_id, lock=True)
    if found is None:
        raise NotFound(what="profile", id=profile_id)
    require_version(found.version, expected_version)
    return found


async def to_read(session: AsyncSession, profile_id: str) -> Profile:
    """The profile as it is. Raises NotFound."""
    found = await _profiles.get(session, profile.c.profile_id == profile_id)
    if found is None:
        raise NotFound(what="profile", id=profile_id)
    return found


async def of_clinician_that_take_pieces(session: AsyncSession, clinician_id: str) -> Sequence[Profile]:
    """The clinician's profiles that a piece still serves, locked for a change, in id order."""
    return await _profiles.find(session, profile.c.clinician_id == clinician_id, profile.c.takes_pieces, lock=True)


async def open_outside_state(session: AsyncSession, facility_id: str, *, state: str) -> Sequence[Profile]:
    """The open profiles at a facility that reckon with another work state, locked for a change, in id order."""
    return await _profiles.find(
        session,
        profile.c.facility_id == facility_id,
        profile.c.work_state != state,
        profile.c.is_open,
        lock=True,
    )


async def find_for_assignment(session: AsyncSession, assignment_id: str) -> Profile | None:
    """The profile of an assignment as it is."""
    return await _profiles.get(session, profile.c.assignment_id == assignment_id)


BY_START = (profile.c.start_date, profile.c.profile_id)


def listed(
    *, assignment_id: str | None, clinician_id: str | None, is_open: bool | None, starts_before: date | None
) -> Select[Any]:
    """The profiles that fit, as lines of a list."""
    columns = profile.c
    statement = select(
        columns.profile_id,
        columns.assignment_id,
        columns.clinician_id,
        columns.facility_id,
        columns.assignment_state,
        columns.work_state,
        columns.start_date,
        columns.is_open,
    )
    wanted = {"assignment_id": assignment_id, "clinician_id": clinician_id, "is_open": is_open}
    statement = statement.filter_by(**{name: value for name, value in wanted.items() if value is not None})
    return statement.where(columns.start_date < starts_before) if starts_before else statement
