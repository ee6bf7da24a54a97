"""Every command about a signed or begun checklist begins with it."""

from credentialing.domain.skills.checklist import Checklist
from credentialing.storage import checklists, files
from shared.db.work import Work
from shared.errors import NotFound


async def find_checklist(work: Work, checklist_id: str) -> Checklist:
    """The checklist, locked for a change; the clinician's files before it, as everybody locks them.

    Raises NotFound, also for one of a clinician out of reach, and VersionMismatch.
    """
    seen = await checklists.to_read(work.session, checklist_id)
    if not await files.reaches_clinician(work, seen.clinician_id):
        raise NotFound(what="checklist", id=checklist_id)
    await files.open_of_clinician(work.session, seen.clinician_id)
    return await checklists.to_change(work.session, checklist_id, expected_version=work.seen_version)
