"""The steps before an adverse action over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from credentialing.api.schemas.adverse_actions import (
    AdverseActionLine,
    AdverseActionOut,
    ClearIn,
    DisputeIn,
    FinalIn,
    PreAdverseIn,
    ResolveIn,
    ReviewIn,
)
from credentialing.app.open_adverse_review import OpenAdverseReview, open_adverse_review
from credentialing.app.queries import measures as queries
from credentialing.app.take_adverse_step import take_adverse_step
from credentialing.domain.errors import ItemNotInFile
from credentialing.domain.measures import errors
from credentialing.domain.measures.adverse_action import AdverseAction
from credentialing.domain.measures.steps import TakenStep
from credentialing.storage.adverse_actions import ActionFilter
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging

router = APIRouter(prefix="/v1", tags=["adverse actions"])

ACTION = "/adverse-actions/{action_id}"
STEP = (NotFound, VersionMismatch, errors.StepOutOfOrder, errors.DatedOutsideStep)
ActionId = Annotated[str, Path(max_length=60)]


def _shown(action: AdverseAction) -> Answer:
    return Answer(body=AdverseActionOut.of(action), etag=action.version)


def _opened(action: AdverseAction) -> Answer:
    location = f"/v1/adverse-actions/{action.action_id}"
    return Answer(status=201, body=AdverseActionOut.of(action), etag=action.version, location=location)


async def _step(door: Commands, action_id: str, step: TakenStep) -> Response:
    return await door.command(lambda work: take_adverse_step(work, action_id, step=step), answer=_shown)


@router.get(
    "/adverse-actions",
    summary="Reports under adjudication, the newest first",
    dependencies=[allow("adverse.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_adverse_actions(
    door: Reads,
    paging: Paging,
    file_id: Annotated[str | None, Query(max_length=60)] = None,
    assignment_id: Annotated[str | None, Query(max_length=60)] = None,
    is_open: bool | None = None,
) -> Page[AdverseActionLine]:
    wanted = ActionFilter(file_id=file_id, assignment_id=assignment_id, is_open=is_open)
    found = await door.read(lambda work: queries.adverse_actions_page(work, wanted, paging=paging))
    return found.page(AdverseActionLine.model_validate)


@router.get(
    ACTION,
    summary="One of them with its dates",
    dependencies=[allow("adverse.read")],
    responses=problems(NotFound),
    response_model=AdverseActionOut,
)
async def get_adverse_action(door: Reads, action_id: ActionId) -> Response:
    return await door.show(lambda work: queries.adverse_action_by_id(work, action_id), answer=_shown)


@router.post(
    "/files/{file_id}/adverse-actions",
    summary="A background report needs adjudication",
    status_code=201,
    dependencies=[allow("adverse.open")],
    responses=problems(
        NotFound, ItemNotInFile, errors.NotABackgroundItem, errors.ReportNotAuthorised, errors.AlreadyUnderReview
    ),
    response_model=AdverseActionOut,
)
async def open_review(
    door: Commands,
    file_id: Annotated[str, Path(max_length=60)],
    asked: Annotated[ReviewIn, body(ReviewIn)],
) -> Response:
    command = OpenAdverseReview(file_id=file_id, code=asked.code, report=asked.report)
    return await door.command(lambda work: open_adverse_review(work, command), answer=_opened)


@router.post(
    f"{ACTION}:send-pre-adverse",
    summary="The first notice went out",
    dependencies=[allow("adverse.decide")],
    responses=problems(*STEP, errors.NoticeIncomplete, errors.WaitTooShort),
    response_model=AdverseActionOut,
)
async def send_pre_adverse(
    door: Commands, action_id: ActionId, asked: Annotated[PreAdverseIn, body(PreAdverseIn)]
) -> Response:
    return await _step(door, action_id, asked.step())


@router.post(
    f"{ACTION}:dispute",
    summary="The person disputes the report: the wait stands still",
    dependencies=[allow("adverse.open")],
    responses=problems(*STEP),
    response_model=AdverseActionOut,
)
async def dispute(door: Commands, action_id: ActionId, asked: Annotated[DisputeIn, body(DisputeIn)]) -> Response:
    return await _step(door, action_id, asked.step())


@router.post(
    f"{ACTION}:resolve-dispute",
    summary="The reporting agency answered the dispute",
    dependencies=[allow("adverse.open")],
    responses=problems(*STEP),
    response_model=AdverseActionOut,
)
async def resolve_dispute(
    door: Commands, action_id: ActionId, asked: Annotated[ResolveIn, body(ResolveIn)]
) -> Response:
    return await _step(door, action_id, asked.step())


@router.post(
    f"{ACTION}:send-final",
    summary="The last notice went out",
    dependencies=[allow("adverse.decide")],
    responses=problems(*STEP, errors.DisputeOpen, errors.NoticeIncomplete, errors.FinalNoticeTooSoon),
    response_model=AdverseActionOut,
)
async def send_final(door: Commands, action_id: ActionId, asked: Annotated[FinalIn, body(FinalIn)]) -> Response:
    return await _step(door, action_id, asked.step())


@router.post(
    f"{ACTION}:clear",
    summary="The report does not stand in the way",
    dependencies=[allow("adverse.decide")],
    responses=problems(*STEP),
    response_model=AdverseActionOut,
)
async def clear(door: Commands, action_id: ActionId, asked: Annotated[ClearIn, body(ClearIn)]) -> Response:
    return await _step(door, action_id, asked.step())
