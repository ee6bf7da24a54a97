"""Whom we asked outside about a clinician: referees, past employers, schools."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from portal.api.pages.calls import Calls
from portal.api.pages.doors import Forms
from portal.api.pages.page import Pages
from portal.api.pages.reference_pages import ReferencePages
from portal.api.pages.sign_in_parts import Have
from portal.api.routes.assignments import AssignmentId
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

RequestId = Annotated[str, Path(pattern=r"^out_[0-9a-z]{1,40}$")]
READ, ASK = allow("references.read"), allow("references.ask")
LIST = "/assignments/{assignment_id}/references"
ONE = f"{LIST}/{{request_id}}"


async def _references(door: Pages, services: Calls, have: Have, assignment_id: AssignmentId) -> ReferencePages:
    return ReferencePages(door=door, services=services, assignment_id=assignment_id, address=have.address)


References = Annotated[ReferencePages, Depends(_references)]


@router.get(LIST, dependencies=[READ])
async def show_references(references: References) -> Response:
    """Whom we asked about this clinician, and the form to ask somebody."""
    return await references.show_list()


@router.post(LIST, dependencies=[ASK])
async def ask(door: Forms, references: References) -> Response:
    """Asks somebody; what is wrong comes back at its field."""
    return await references.ask(door.form)


@router.get(ONE, dependencies=[READ])
async def show_reference(references: References, request_id: RequestId) -> Response:
    """One request, with its answer for who may read it."""
    return await references.show_one(request_id)


@router.post(ONE, dependencies=[ASK])
async def act(door: Forms, references: References, request_id: RequestId) -> Response:
    """Makes another link, takes the request back, or says whether the answer counts."""
    return await references.act(request_id, door.form)
