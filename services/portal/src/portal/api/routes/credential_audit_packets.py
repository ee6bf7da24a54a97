"""What the clearance of an assignment rests on, as a file for who audits it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from starlette.responses import Response

from portal.api.pages.assignment_file import SERVICE, file_path
from portal.api.pages.calls import Calls
from portal.api.pages.page import Pages
from portal.api.pages.profile_pages import as_file
from portal.api.routes.assignments import AssignmentId
from portal.app.queries import assignment_page as queries
from portal.clients.services import Picture
from shared.errors import NotFound
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

Form = Annotated[Literal["json", "pdf", "zip"], Path()]


@router.get("/assignments/{assignment_id}/audit-packet/{form}", dependencies=[allow("audit_packets.read")])
async def give(door: Pages, services: Calls, assignment_id: AssignmentId, form: Form) -> Response:
    """The audit packet as data, as a sheet, or both in an archive."""
    await door.read(lambda work: queries.head_of(work, assignment_id))
    path = await file_path(services, assignment_id)
    found = await services.picture(SERVICE, f"{path}/audit-packet?format={form}") if isinstance(path, str) else None
    if not isinstance(found, Picture):
        raise NotFound(what="audit packet", id=assignment_id)
    return as_file(found, f"audit-packet-{assignment_id}.{form}")
