"""Skills forms and checklists over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from credentialing.api.schemas.checklists import (
    ChecklistLine,
    ChecklistList,
    ChecklistOut,
    FillIn,
    FormList,
    ReviewIn,
)
from credentialing.app.fill_checklist import FillChecklist, fill_checklist
from credentialing.app.queries import checklists as queries
from credentialing.app.review_checklist import ReviewChecklist, review_checklist
from credentialing.app.sign_checklist import sign_checklist
from credentialing.domain.skills import errors
from credentialing.domain.skills.checklist import Checklist
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.vault.routes import ClinicianId

router = APIRouter(prefix="/v1", tags=["skills checklists"])
OF_CLINICIAN = "/clinicians/{clinician_id}/checklists"
CHECKLIST = "/checklists/{checklist_id}"
REFUSALS = (NotFound, VersionMismatch)
ChecklistId = Annotated[str, Path(max_length=60)]


def _shown(checklist: Checklist) -> Answer:
    return Answer(body=ChecklistOut.of(checklist), etag=checklist.version)


def _kept(checklist: Checklist) -> Answer:
    return Answer(
        body=ChecklistOut.of(checklist),
        status=201 if checklist.version == 1 else 200,
        etag=checklist.version,
        location=f"/v1/checklists/{checklist.checklist_id}",
    )


@router.get("/skills-forms", summary="The skills forms of all units", dependencies=[allow("checklists.forms")])
async def list_forms() -> FormList:
    return FormList.every()


@router.post(
    OF_CLINICIAN,
    summary="Save ratings; the draft for that unit is begun or filled further",
    dependencies=[allow("checklists.fill")],
    responses=problems(*REFUSALS, errors.FormUnknown, errors.ChecklistOver),
    response_model=ChecklistOut,
    status_code=201,
)
async def fill(door: Commands, clinician_id: ClinicianId, asked: Annotated[FillIn, body(FillIn)]) -> Response:
    command = FillChecklist(clinician_id=clinician_id, unit=asked.unit, form=asked.form, ratings=asked.rated())
    return await door.command(lambda work: fill_checklist(work, command), answer=_kept)


@router.get(
    OF_CLINICIAN,
    summary="A clinician's checklists",
    dependencies=[allow("checklists.read")],
    responses=problems(NotFound),
)
async def list_checklists(door: Reads, clinician_id: ClinicianId) -> ChecklistList:
    found = await door.read(lambda work: queries.checklists_of(work, clinician_id))
    return ChecklistList(items=tuple(ChecklistLine.line(one) for one in found))


@router.get(
    CHECKLIST,
    summary="One checklist with its score and gaps",
    dependencies=[allow("checklists.read")],
    responses=problems(NotFound),
    response_model=ChecklistOut,
)
async def get_checklist(door: Reads, checklist_id: ChecklistId) -> Response:
    return await door.show(lambda work: queries.checklist_by_id(work, checklist_id), answer=_shown)


@router.post(
    f"{CHECKLIST}:sign",
    summary="Stand by one's ratings",
    dependencies=[allow("checklists.sign")],
    responses=problems(*REFUSALS, errors.FormUnknown, errors.ChecklistOver, errors.ChecklistIncomplete),
    response_model=ChecklistOut,
)
async def sign(door: Commands, checklist_id: ChecklistId) -> Response:
    return await door.command(lambda work: sign_checklist(work, checklist_id), answer=_shown)


@router.post(
    f"{CHECKLIST}:review",
    summary="A second person accepts a checklist or sends it back",
    dependencies=[allow("checklists.review")],
    responses=problems(*REFUSALS, errors.NothingToReview, errors.ReviewerFilledIt),
    response_model=ChecklistOut,
)
async def review(door: Commands, checklist_id: ChecklistId, asked: Annotated[ReviewIn, body(ReviewIn)]) -> Response:
    command = ReviewChecklist(checklist_id=checklist_id, accepts=asked.accepts, note=asked.note)
    return await door.command(lambda work: review_checklist(work, command), answer=_shown)
