"""Files, one per assignment."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.file import File, columns_of
from credentialing.domain.measures.placements import WORKED
from credentialing.storage.tables import file
from shared.workstreams.parts import AssignmentParts

MOST_WORKED = 10_000


_files = AssignmentParts(file, File, columns_of, noun="file")
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


async def worked_from(session: AsyncSession, *, first: date, last: date) -> Sequence[File]:
    """The files whose assignment began from the first to the last day and was worked; at most 10,000, in id order."""
    began = file.c.start_date.between(first, last)
    return await _files.find(session, began, file.c.assignment_state.in_(WORKED), limit=MOST_WORKED)


async def open_under_older_rules(session: AsyncSession, rule_set: int, *, limit: int) -> Sequence[File]:
    """Open files whose items come from an older rulebook than this, locked for a change, in id order."""
    return await _files.find(session, file.c.is_open, file.c.rule_set < rule_set, limit=limit, lock=True)


async def open_from(
    session: AsyncSession, first_day: date, *, facilities: Collection[str], after: str, limit: int
) -> Sequence[File]:
    """Open files of assignments that start on this day or later, at these facilities (none named: at all), by id.

    `after`: the last id that was seen before.
    """
    where = [file.c.is_open, file.c.start_date >= first_day, file.c.file_id > after]
    where += [file.c.facility_id.in_(facilities)] if facilities else []
    return await _files.find(session, *where, limit=limit)
