"""The end of an assignment closes its file."""

from credentialing.app.record import record
from credentialing.domain.file import close
from credentialing.storage import files
from shared.contracts.assignments import AssignmentEnded
from shared.db.work import Work


async def close_file(work: Work, event: AssignmentEnded) -> None:
    """Closes the file and its workstream; an offer that was declined never had one."""
    file = await files.of_assignment(work.session, event.assignment_id)
    if file is not None:
        await record(work, close(file, event))
