"""A clinician's documents: uploaded, looked at page by page beside what is recorded from them."""

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages.asked import AskedText
from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.calls import Calls
from portal.api.pages.document_pages import DocumentPages, Reviewed, shown
from portal.api.pages.doors import Forms
from portal.api.pages.file_forms import MOST_READ, file_form
from portal.api.pages.page import Pages
from portal.api.routes.assignments import AssignmentId
from portal.clients.services import UPLOAD_SECONDS
from shared.guard.limits import LargeBody
from shared.http.access import allow

router = APIRouter(include_in_schema=False, dependencies=[allow("files.read")])

DocumentId = Annotated[str, Path(pattern=r"^doc_[0-9a-z]{1,40}$")]
PageNumber = Annotated[int, Path(ge=1, le=500)]
LIST: Final = "/assignments/{assignment_id}/documents"
ONE: Final = f"{LIST}/{{document_id}}"
FORM_BYTES: Final = 26 * 1024 * 1024
"""A little more than credentialing takes: the form around the file."""

UPLOADS: Final = LargeBody(
    method="POST", path=re.compile("/assignments/[^/]+/documents"), most_bytes=MOST_READ, seconds=UPLOAD_SECONDS
)
"""What is too large is said at the field that it was chosen in."""


async def _documents(door: Pages, services: Calls, assignment_id: AssignmentId) -> DocumentPages:
    return DocumentPages(door=door, services=services, assignment_id=assignment_id)


Documents = Annotated[DocumentPages, Depends(_documents)]


@router.get(LIST)
async def show_documents(documents: Documents) -> Response:
    """What came in of this clinician, and the form for one more."""
    return await documents.show_list()


@router.post(LIST)
async def upload(request: Request, documents: Documents) -> Response:
    """Sends the chosen file on as it is; what is wrong with it is said at its field."""
    async with file_form(request, most_bytes=FORM_BYTES) as form:
        return await documents.upload(form)


@router.get(ONE)
async def show_document(documents: Documents, document_id: DocumentId, code: AskedText = None) -> Response:
    """The document's pages beside what its text seems to say."""
    return await documents.show_review(document_id, Reviewed(code=code))


@router.post(ONE)
async def record(door: Forms, documents: Documents, document_id: DocumentId) -> Response:
    """Records what the person read from the document as a claim; its source confirms it later."""
    return await documents.record(document_id, door.form)


@router.get("/documents/{document_id}/pages/{page}")
async def show_page(services: Calls, document_id: DocumentId, page: PageNumber) -> Response:
    """One page as a picture, drawn by credentialing."""
    return shown(await services.picture(SERVICE, f"/v1/documents/{document_id}/pages/{page}"), document_id)


@router.get("/documents/{document_id}/content")
async def download(services: Calls, document_id: DocumentId) -> Response:
    """The file itself, to be kept; never shown in the browser."""
    found = shown(await services.picture(SERVICE, f"/v1/documents/{document_id}/content"), document_id)
    found.headers["Content-Disposition"] = f'attachment; filename="{document_id}"'
    return found
