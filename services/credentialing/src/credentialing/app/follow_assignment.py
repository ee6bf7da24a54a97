"""The file knows where its assignment is on its way."""

from credentialing.app.record import record
from credentialing.domain.file import follow
from credentialing.storage import files
from shared.contracts.assignments import Moved
from shared.db.work import Work


async def follow_assignment(work: Work, event: Moved) -> None:
    """Notes the state; an assignment without a file is none of ours."""
    file = await files.of_assignment(work.session, event.assignment_id)
    if file is not None:
        await record(work, follow(file, event.state))
