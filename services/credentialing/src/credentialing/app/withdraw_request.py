"""A request to somebody outside is taken back."""

from credentialing.app.find_request import find_request
from credentialing.domain.outside.request import OutsideRequest, withdraw
from credentialing.storage import requests
from shared.db.work import Work


async def withdraw_request(work: Work, request_id: str) -> OutsideRequest:
    """Its link opens nothing from now on. Raises NotFound, VersionMismatch and RequestOver."""
    request = await find_request(work, request_id)
    return await requests.save(work.session, withdraw(request, work.now.date()))
