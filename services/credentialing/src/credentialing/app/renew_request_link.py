"""The link of a request to somebody outside was lost, or belongs to a reminder."""

from credentialing.domain.outside.request import OutsideRequest, renew_link
from credentialing.storage import outside_requests
from shared.db.work import Work


async def renew_request_link(work: Work, request_id: str, *, digest: str) -> OutsideRequest:
    """Another link opens it, and the old one no more. Raises NotFound, VersionMismatch and RequestOver."""
    request = await outside_requests.to_handle(work, request_id)
    return await outside_requests.save(work.session, renew_link(request, digest))
