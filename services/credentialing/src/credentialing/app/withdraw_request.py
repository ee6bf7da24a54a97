"""A request to somebody outside is taken back."""

from credentialing.domain.outside.request import OutsideRequest, withdraw
from credentialing.storage import outside_requests
from shared.db.work import Work


async def withdraw_request(work: Work, request_id: str) -> OutsideRequest:
    """Its link opens nothing from now on. Raises NotFound, VersionMismatch and RequestOver."""
    request = await outside_requests.to_handle(work, request_id)
    return await outside_requests.save(work.session, withdraw(request, work.now.date()))
