"""Exclusion cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.screening.case import ExclusionCase
from credentialing.storage.tables import exclusion_case, file
from shared.db.documents import Documents


def _columns(value: ExclusionCase) -> Mapping[str, object]:
    return {
        "case_id": value.case_id,
        "clinician_id": value.clinician_id,
        "assignment_id": value.assignment_id,
        "facility_id": value.facility_id,
        "list_name": value.list_name,
        "state": value.state.value,
        "is_open": value.needs_people,
    }


_cases = Documents(exclusion_case, ExclusionCase, _columns, noun="exclusion case")
save, to_read, to_change = _cases.save, _cases.to_read, _cases.to_change
BY_ID = (exclusion_case.c.case_id,)


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[ExclusionCase]:
    """All cases of a person, locked for a change, the oldest first."""
    return await _cases.where(session, exclusion_case.c.clinician_id, value=clinician_id, lock=True)


async def without_assignment(session: AsyncSession, *, limit: int) -> Sequence[ExclusionCase]:
    """Cases that need people while the file of their assignment is closed, locked for a change."""
    closed = select(file.c.assignment_id).where(~file.c.is_open)
    return await _cases.find(
        session, exclusion_case.c.is_open, exclusion_case.c.assignment_id.in_(closed), limit=limit, lock=True
    )


def listed(**equal: object) -> Select[Any]:
    """The cases that fit, as rows of a page; None asks nothing."""
    asked = {name: value for name, value in equal.items() if value is not None}
    return select(exclusion_case).filter_by(**asked)


def of_row(row: Any) -> ExclusionCase:
    """The case of a selected row."""
    return _cases.value(row.version, row.body)
