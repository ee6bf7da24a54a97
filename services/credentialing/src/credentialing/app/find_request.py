"""Every command about a request to somebody outside begins with it."""

from credentialing.domain.outside.request import OutsideRequest
from credentialing.storage import files, requests
from shared.db.work import Work
from shared.errors import NotFound


async def find_request(work: Work, request_id: str) -> OutsideRequest:
    """The request, locked for a change; the clinician's files before it, as everybody locks them.

    Raises NotFound, also for one about a clinician out of reach, and VersionMismatch.
    """
    seen = await requests.to_read(work.session, request_id)
    if not await files.reaches_clinician(work, seen.clinician_id):
        raise NotFound(what="request", id=request_id)
    await files.open_of_clinician(work.session, seen.clinician_id)
    return await requests.to_change(work.session, request_id, expected_version=work.seen_version)
