"""Files, one per assignment."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.file import File
from credentialing.storage.tables import file
from shared.db.documents import Documents
from shared.db.versions import require_version
from shared.errors import NotFound


def _columns(value: File) -> Mapping[str, object]:
    return {
        "file_id": value.file_id,
        "assignment_id": value.assignment_id,
        "clinician_id": value.clinician_id,
        "facility_id": value.facility_id,
        "assignment_state": value.assignment_state.value,
        "start_date": value.terms.start_date,
        "is_open": value.is_open,
    }


_files = Documents(file, File, _columns)
save = _files.save


async def of_assignment(session: AsyncSession, assignment_id: str) -> File | None:
    """The file of an assignment, locked for a change; None when none was opened."""
    return await _files.get(session, file.c.assignment_id == assignment_id, lock=True)


async def to_change(session: AsyncSession, file_id: str, *, expected_version: int | None) -> File:
    """The file, locked for a change. Raises NotFound, VersionMismatch."""
    found = await _files.get(session, file.c.file_id == file_id, lock=True)
    if found is None:
        raise NotFound(what="file", id=file_id)
    require_version(found.version, expected_version)
    return found


async def to_read(session: AsyncSession, file_id: str) -> File:
    """The file as it is. Raises NotFound."""
    found = await _files.get(session, file.c.file_id == file_id)
    if found is None:
        raise NotFound(what="file", id=file_id)
    return found


async def open_of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[File]:
    """The clinician's open files, locked for a change, in id order."""
    return await _files.find(session, file.c.clinician_id == clinician_id, file.c.is_open, lock=True)


async def find_for_assignment(session: AsyncSession, assignment_id: str) -> File | None:
    """The file of an assignment as it is."""
    return await _files.get(session, file.c.assignment_id == assignment_id)


BY_START = (file.c.start_date, file.c.file_id)


def listed(
    *, assignment_id: str | None, clinician_id: str | None, is_open: bool | None, starts_before: date | None
) -> Select[Any]:
    """The files that fit, as lines of a list."""
    columns = file.c
    statement = select(
        columns.file_id,
        columns.assignment_id,
        columns.clinician_id,
        columns.facility_id,
        columns.assignment_state,
        columns.start_date,
        columns.is_open,
    )
    wanted = {"assignment_id": assignment_id, "clinician_id": clinician_id, "is_open": is_open}
    statement = statement.filter_by(**{name: value for name, value in wanted.items() if value is not None})
    return statement.where(columns.start_date < starts_before) if starts_before else statement
