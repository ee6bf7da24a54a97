"""The link of a request to somebody outside was lost, or belongs to a reminder."""

from credentialing.app.find_request import find_request
from credentialing.domain.outside.request import OutsideRequest, renew_link
from credentialing.storage import requests
from shared.db.work import Work


async def renew_request_link(work: Work, request_id: str, *, digest: str) -> OutsideRequest:
    """Another link opens it, and the old one no more. Raises NotFound, VersionMismatch and RequestOver."""
    request = await find_request(work, request_id)
    return await requests.save(work.session, renew_link(request, digest))
