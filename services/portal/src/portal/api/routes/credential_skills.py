"""What a clinician says they can do: their checklists, and the review of a second person."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from portal.api.pages.calls import Calls
from portal.api.pages.doors import Forms
from portal.api.pages.page import Pages
from portal.api.pages.skills_pages import SkillsPages
from portal.api.routes.assignments import AssignmentId
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

ChecklistId = Annotated[str, Path(pattern=r"^chk_[0-9a-z]{1,40}$")]
READ, REVIEW = allow("skills.read"), allow("skills.review")
LIST = "/assignments/{assignment_id}/skills"
ONE = f"{LIST}/{{checklist_id}}"


async def _skills(door: Pages, services: Calls, assignment_id: AssignmentId) -> SkillsPages:
    return SkillsPages(door=door, services=services, assignment_id=assignment_id)


Skills = Annotated[SkillsPages, Depends(_skills)]


@router.get(LIST, dependencies=[READ])
async def show_checklists(skills: Skills) -> Response:
    """The clinician's checklists, those of the ordered unit first."""
    return await skills.show_list()


@router.get(ONE, dependencies=[READ])
async def show_checklist(skills: Skills, checklist_id: ChecklistId) -> Response:
    """One checklist with its score and gaps."""
    return await skills.show_one(checklist_id)


@router.post(ONE, dependencies=[REVIEW])
async def review(door: Forms, skills: Skills, checklist_id: ChecklistId) -> Response:
    """Accepts it or sends it back, with a note."""
    return await skills.review(checklist_id, door.form)
