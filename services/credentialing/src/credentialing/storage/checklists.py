"""Skills checklists of clinicians."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.skills.checklist import Checklist, State
from credentialing.storage.outside_tables import checklist
from shared.db.documents import Documents


def _columns(value: Checklist) -> Mapping[str, object]:
    names = ("checklist_id", "clinician_id", "unit")
    return {**{name: getattr(value, name) for name in names}, "state": value.state.value}


_checklists = Documents(checklist, Checklist, _columns)
save, to_read, to_change = _checklists.save, _checklists.to_read, _checklists.to_change


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Checklist]:
    """All of the clinician's, in the order in which they were begun."""
    return await _checklists.where(session, checklist.c.clinician_id, value=clinician_id)


async def draft_of(session: AsyncSession, clinician_id: str, *, unit: str) -> Checklist | None:
    """The clinician's draft for a unit, locked for a change."""
    columns = checklist.c
    is_draft = (columns.clinician_id == clinician_id) & (columns.unit == unit)
    found = await _checklists.find(session, is_draft, columns.state == State.DRAFT.value, limit=1, lock=True)
    return found[0] if found else None
