"""Background reports under adjudication, step by step, for those alone who may read the background part."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from portal.api.pages.adverse_pages import AdversePages
from portal.api.pages.asked import AskedText, Blank
from portal.api.pages.calls import Calls
from portal.api.pages.doors import Forms
from portal.api.pages.page import Pages
from portal.api.routes.assignments import AssignmentId
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

ActionId = Annotated[str, Path(pattern=r"^adv_[0-9a-z]{1,40}$")]
LIST = "/credentialing/adverse"
ONE = f"{LIST}/{{action_id}}"
OF_ASSIGNMENT = "/assignments/{assignment_id}/adverse"
READ, STEP = allow("adverse.read"), allow("adverse.open")


async def _adverse(door: Pages, services: Calls) -> AdversePages:
    return AdversePages(door=door, services=services)


Adverse = Annotated[AdversePages, Depends(_adverse)]


@router.get(LIST, dependencies=[READ])
async def show_actions(
    adverse: Adverse,
    all: Annotated[Literal["yes"] | None, Blank, Query()] = None,
    cursor: AskedText = None,
) -> Response:
    """What is under adjudication, and whose move it is."""
    return await adverse.show_list(is_open=all is None, cursor=cursor)


@router.get(ONE, dependencies=[READ])
async def show_action(adverse: Adverse, action_id: ActionId) -> Response:
    """One report with its steps."""
    return await adverse.show(action_id)


@router.post(ONE, dependencies=[STEP])
async def take_step(door: Forms, adverse: Adverse, action_id: ActionId) -> Response:
    """Takes one step; those that decide are a lead's, as credentialing says."""
    return await adverse.take(action_id, door.form)


@router.get(OF_ASSIGNMENT, dependencies=[READ])
async def show_of_assignment(adverse: Adverse, assignment_id: AssignmentId) -> Response:
    """What is under adjudication for an assignment."""
    return await adverse.show_of(assignment_id)


@router.post(OF_ASSIGNMENT, dependencies=[STEP])
async def open_review(door: Forms, adverse: Adverse, assignment_id: AssignmentId) -> Response:
    """Opens the review of a report."""
    return await adverse.open_review(assignment_id, door.form)
