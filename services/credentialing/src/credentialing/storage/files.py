"""Files, one per assignment."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.file import File
from credentialing.storage.tables import file
from shared.workstreams.parts import AssignmentParts


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


_files = AssignmentParts(file, File, _columns, noun="file")
save, to_read, to_change = _files.save, _files.to_read, _files.to_change
of_assignment, find_for_assignment = _files.of_assignment, _files.find_for_assignment
load_of_assignments, reaches_clinician = _files.load_of_assignments, _files.reaches_clinician
listed, BY_START = _files.listed, _files.by_start


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[File]:
    """All of the clinician's files, in id order."""
    return await _files.find(session, file.c.clinician_id == clinician_id)


async def open_of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[File]:
    """The clinician's open files, locked for a change, in id order."""
    return await _files.find(session, file.c.clinician_id == clinician_id, file.c.is_open, lock=True)
