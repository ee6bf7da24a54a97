"""Where credentialing keeps the file of an assignment, for every page that shows something of it."""

from typing import Final

from portal.clients.services import Answer, Outcome, Services

SERVICE: Final = "credentialing"


async def file_path(services: Services, assignment_id: str) -> str | Outcome:
    """Its address; the empty list where there is none, or what kept it from being asked."""
    found = await services.get(SERVICE, "/v1/files", params={"assignment_id": assignment_id})
    if not isinstance(found, Answer) or not found.body["items"]:
        return found
    return f"/v1/files/{found.body['items'][0]['file_id']}"
