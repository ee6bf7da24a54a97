"""Skills checklists of clinicians."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.skills.checklist import Checklist, State
from credentialing.storage import files
from credentialing.storage.outside_tables import checklist
from shared.db.documents import Documents
from shared.db.work import Work
from shared.errors import NotFound


def _columns(value: Checklist) -> Mapping[str, object]:
    names = ("checklist_id", "clinician_id", "unit")
    return {**{name: getattr(value, name) for name in names}, "state": value.state.value}


_checklists = Documents(checklist, Checklist, _columns)
save, to_read, to_change = _checklists.save, _checklists.to_read, _checklists.to_change


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Checklist]:
    """All of the clinician's, in the order in which they were begun."""
    return await _checklists.where(session, checklist.c.clinician_id, value=clinician_id)


async def to_handle(work: Work, checklist_id: str) -> Checklist:
    """The checklist, locked for a change; the clinician's files before it, as everybody locks them.

    Raises NotFound, also for one of a clinician out of reach, and VersionMismatch.
    """
    seen = await to_read(work.session, checklist_id)
    if not await files.reaches_clinician(work, seen.clinician_id):
        raise NotFound(what="checklist", id=checklist_id)
    await files.open_of_clinician(work.session, seen.clinician_id)
    return await to_change(work.session, checklist_id, expected_version=work.seen_version)


async def draft_of(session: AsyncSession, clinician_id: str, *, unit: str) -> Checklist | None:
    """The clinician's draft for a unit, locked for a change."""
    columns = checklist.c
    is_draft = (columns.clinician_id == clinician_id) & (columns.unit == unit)
    found = await _checklists.find(session, is_draft, columns.state == State.DRAFT.value, limit=1, lock=True)
    return found[0] if found else None
