"""The credentialing file of an assignment, as credentialing shows it to who is signed in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from portal.api.pages.calls import Calls
from portal.api.pages.file_pages import FilePages
from portal.api.pages.page import Pages
from portal.api.routes.assignments import AssignmentId
from shared.http.access import allow

router = APIRouter(include_in_schema=False, dependencies=[allow("files.read")])

Code = Annotated[str, Path(pattern=r"^[A-Z0-9-]{1,40}$")]


async def _file(door: Pages, services: Calls, assignment_id: AssignmentId) -> FilePages:
    return FilePages(door=door, services=services, assignment_id=assignment_id)


File = Annotated[FilePages, Depends(_file)]


@router.get("/assignments/{assignment_id}/file")
async def show_file(file: File) -> Response:
    """Every item, what is in the way, when it can be clear, and what was decided."""
    return await file.show_file()


@router.get("/assignments/{assignment_id}/file/{code}")
async def show_item(file: File, code: Code) -> Response:
    """One item: what was claimed, what sources said, and what may be done."""
    return await file.show_item(code)
