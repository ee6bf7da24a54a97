"""Cases, one per assignment."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from housing.domain.case import Case
from housing.storage.tables import housing_case
from shared.db.documents import Documents
from shared.db.versions import require_version
from shared.errors import NotFound


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


_cases = Documents(housing_case, Case, _columns)
save = _cases.save


async def of_assignment(session: AsyncSession, assignment_id: str) -> Case | None:
    """The case of an assignment, locked for a change; None when none was opened."""
    return await _cases.get(session, housing_case.c.assignment_id == assignment_id, lock=True)


async def to_change(session: AsyncSession, case_id: str, *, expected_version: int | None) -> Case:
    """The case, locked for a change. Raises NotFound, VersionMismatch."""
    found = await _cases.get(session, housing_case.c.case_id == case_id, lock=True)
    if found is None:
        raise NotFound(what="case", id=case_id)
    require_version(found.version, expected_version)
    return found


async def to_read(session: AsyncSession, case_id: str) -> Case:
    """The case as it is. Raises NotFound."""
    found = await _cases.get(session, housing_case.c.case_id == case_id)
    if found is None:
        raise NotFound(what="case", id=case_id)
    return found


async def open_at_facility(session: AsyncSession, facility_id: str) -> Sequence[Case]:
    """The open cases of assignments at a facility, locked for a change, in id order."""
    return await _cases.find(session, housing_case.c.facility_id == facility_id, housing_case.c.is_open, lock=True)


async def find_for_assignment(session: AsyncSession, assignment_id: str) -> Case | None:
    """The case of an assignment as it is."""
    return await _cases.get(session, housing_case.c.assignment_id == assignment_id)


BY_START = (housing_case.c.start_date, housing_case.c.case_id)


def listed(*, starts_before: date | None, **wanted: object) -> Select[Any]:
    """The cases that fit, as lines of a list; `wanted` are columns and the values asked of them, None asks nothing."""
    columns = housing_case.c
    statement = select(
        columns.case_id,
        columns.assignment_id,
        columns.clinician_id,
        columns.facility_id,
        columns.assignment_state,
        columns.mode,
        columns.start_date,
        columns.is_open,
    )
    statement = statement.filter_by(**{name: value for name, value in wanted.items() if value is not None})
    return statement.where(columns.start_date < starts_before) if starts_before else statement
