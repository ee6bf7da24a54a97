"""What may be read about skills checklists."""

from collections.abc import Sequence

from credentialing.domain.skills.checklist import Checklist
from credentialing.storage import checklists, files
from shared.db.work import Work
from shared.errors import NotFound


async def checklists_of(work: Work, clinician_id: str) -> Sequence[Checklist]:
    """The clinician's, in the order begun. Raises NotFound out of reach."""
    if not await files.reaches_clinician(work, clinician_id):
        raise NotFound(what="clinician", id=clinician_id)
    return await checklists.of_clinician(work.session, clinician_id)


async def checklist_by_id(work: Work, checklist_id: str) -> Checklist:
    """One checklist. Raises NotFound, also out of reach."""
    found = await checklists.to_read(work.session, checklist_id)
    if not await files.reaches_clinician(work, found.clinician_id):
        raise NotFound(what="checklist", id=checklist_id)
    return found
