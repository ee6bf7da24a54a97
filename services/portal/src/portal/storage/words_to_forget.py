"""Words that people wrote about a clinician who is to be forgotten."""

from sqlalchemy import Text, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from portal.storage.tables import assignment, note, work_item

TEXT = "text"
"""The field of a note that holds what somebody wrote."""
TASKS = "portal"


async def blank(session: AsyncSession, *, clinician_id: str) -> None:
    """Takes the words out of notes, hand-overs and tasks about the clinician, their assignments and work items."""
    await _blank_notes(session, clinician_id)
    items, is_task = work_item.c, work_item.c.department == TASKS
    theirs = update(work_item).where(items.clinician_id == clinician_id)
    await session.execute(theirs.values(owner_note=None, version=items.version + 1))
    await session.execute(theirs.where(is_task).values(title=None, closed_why=None, version=items.version + 1))


async def _blank_notes(session: AsyncSession, clinician_id: str) -> None:
    columns = note.c
    theirs = select(assignment.c.assignment_id).where(assignment.c.clinician_id == clinician_id)
    items = select(work_item.c.work_item_id).where(work_item.c.clinician_id == clinician_id)
    is_about = (columns.clinician_id == clinician_id) | columns.assignment_id.in_(theirs) | columns.about_id.in_(items)
    emptied = func.jsonb_set(cast(columns.body, JSONB), [TEXT], cast(literal('""'), JSONB))
    await session.execute(update(note).where(is_about).values(body=cast(emptied, Text), version=columns.version + 1))
