"""Requests to people outside, for us by our accounts and for them by their links."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import JSONResponse, Response

from credentialing.api.schemas.references import (
    AnsweredOut,
    AnswerIn,
    AskOutsideIn,
    JudgeIn,
    NewRequestOut,
    OpenedOut,
    OpenIn,
    RequestLine,
    RequestList,
    RequestOut,
)
from credentialing.app.answer_outside import AnswerOutside, answer_outside
from credentialing.app.ask_outside import AskOutside, ask_outside
from credentialing.app.judge_answer import JudgeAnswer, judge_answer
from credentialing.app.queries import outside as queries
from credentialing.app.queries.outside import Seen
from credentialing.app.renew_request_link import renew_request_link
from credentialing.app.withdraw_request import withdraw_request
from credentialing.domain.documents.sight import READS
from credentialing.domain.outside import errors
from credentialing.domain.outside.request import OutsideRequest
from credentialing.storage.outside_requests import Confidences
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.db.versions import VersionMismatch
from shared.db.work import Work, Works
from shared.errors import NotFound
from shared.http.access import allow, public
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.context import context_of
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.http.shown_once import shown_once
from shared.principal import Principal
from shared.vault.errors import PrivateValuesErased
from shared.vault.routes import ClinicianId

RESOURCE: Final = "confidences"

router = APIRouter(prefix="/v1", tags=["people outside"])
OF_CLINICIAN = "/clinicians/{clinician_id}/outside-requests"
REQUEST = "/outside-requests/{request_id}"
REFUSALS = (NotFound, VersionMismatch)
BY_LINK = public("the link's secret is the proof")
RequestId = Annotated[str, Path(max_length=60)]


async def _confidences(request: Request) -> Confidences:
    confidences: Confidences = getattr(request.app.state, RESOURCE)
    return confidences


InConfidence = Annotated[Confidences, Depends(_confidences)]


def _shown(request: OutsideRequest) -> Answer:
    return Answer(body=RequestLine.model_validate(request), etag=request.version)


def _made(request: OutsideRequest) -> Answer:
    line = NewRequestOut.model_validate(RequestLine.model_validate(request).model_dump())
    return Answer(body=line, status=201, etag=request.version, location=f"/v1/outside-requests/{request.request_id}")


def new_secret() -> str:
    """A secret that opens one request and nothing else; only its hash is kept."""
    return f"fs_outside_{new_secret_text()}"


@router.post(
    OF_CLINICIAN,
    summary="Ask a referee, employer or school about a clinician",
    description="The secret is in this answer and nowhere else; put it behind the # of an address.",
    dependencies=[allow("outside.ask")],
    responses=problems(NotFound, errors.NotAskedOutside, PrivateValuesErased),
    response_model=NewRequestOut,
    status_code=201,
)
async def ask(
    door: Commands, told: InConfidence, clinician_id: ClinicianId, asked: Annotated[AskOutsideIn, body(AskOutsideIn)]
) -> Response:
    secret = new_secret()
    command = AskOutside(clinician_id=clinician_id, **asked.model_dump(), digest=secret_hash(secret))
    made = await door.command(lambda work: ask_outside(work, command, confidences=told), answer=_made)
    return shown_once(made, secret=secret)


@router.get(
    OF_CLINICIAN,
    summary="Whom we asked about a clinician",
    dependencies=[allow("outside.read")],
    responses=problems(NotFound),
)
async def list_requests(door: Reads, clinician_id: ClinicianId) -> RequestList:
    found = await door.read(lambda work: queries.requests_of(work, clinician_id))
    return RequestList(items=tuple(RequestLine.model_validate(one) for one in found))


@router.get(
    REQUEST,
    summary="One request, with its answer",
    description="Who opens an answer is noted. With `opens_answer=false` it stays closed, and whom we asked is told.",
    dependencies=[allow("outside.read", besides=READS)],
    responses=problems(NotFound),
    response_model=RequestOut,
)
async def get_request(door: Reads, told: InConfidence, request_id: RequestId, opens_answer: bool = True) -> Response:
    async def look(work: Work) -> Seen:
        if opens_answer:
            return await queries.request_by_id(work, request_id, reaches=door.reaches, confidences=told)
        return await queries.person_of_request(work, request_id, confidences=told)

    return await door.show(look, answer=lambda seen: Answer(body=RequestOut.of(seen), etag=seen.request.version))


@router.post(
    f"{REQUEST}:renew-link",
    summary="Make another link for the same request",
    description="The old link opens nothing from now on.",
    dependencies=[allow("outside.ask")],
    responses=problems(*REFUSALS, errors.RequestOver),
    response_model=NewRequestOut,
)
async def renew_link(door: Commands, request_id: RequestId) -> Response:
    secret = new_secret()
    renewed = await door.command(
        lambda work: renew_request_link(work, request_id, digest=secret_hash(secret)), answer=_shown
    )
    return shown_once(renewed, secret=secret)


@router.post(
    f"{REQUEST}:withdraw",
    summary="Take a request back",
    dependencies=[allow("outside.ask")],
    responses=problems(*REFUSALS, errors.RequestOver),
    response_model=RequestLine,
)
async def withdraw(door: Commands, request_id: RequestId) -> Response:
    return await door.command(lambda work: withdraw_request(work, request_id), answer=_shown)


@router.post(
    f"{REQUEST}:judge",
    summary="Say whether an answer counts",
    dependencies=[allow("outside.judge")],
    responses=problems(*REFUSALS, errors.NothingToJudge),
    response_model=RequestLine,
)
async def judge(door: Commands, request_id: RequestId, asked: Annotated[JudgeIn, body(JudgeIn)]) -> Response:
    command = JudgeAnswer(request_id=request_id, counts=asked.counts, because=asked.because)
    return await door.command(lambda work: judge_answer(work, command), answer=_shown)


@router.post(
    "/outside-requests:open",
    summary="What the holder of a link is asked",
    dependencies=[BY_LINK],
    responses=problems(errors.OutsideLinkInvalid),
    response_model=OpenedOut,
)
async def open_link(request: Request, told: InConfidence, asked: Annotated[OpenIn, body(OpenIn)]) -> Response:
    async with works_of(request).begin(Principal(subject="outside")) as work:
        found = await queries.request_of_secret(work, asked.secret, confidences=told)
    return JSONResponse(OpenedOut.of(found).model_dump(mode="json"))


@router.post(
    "/outside-requests:answer",
    summary="Answer a request, or decline",
    description="The same answer sent again is taken once.",
    dependencies=[BY_LINK],
    responses=problems(errors.OutsideLinkInvalid, errors.AnswerChanged),
    response_model=AnsweredOut,
)
async def answer(request: Request, told: InConfidence, asked: Annotated[AnswerIn, body(AnswerIn)]) -> Response:
    command = AnswerOutside(secret=asked.secret, answers=asked.given(), because=asked.because)
    context = context_of(request.scope)
    who = Principal(subject="outside")
    async with works_of(request).begin(who, correlation_id=context.request_id, traceparent=context.traceparent) as work:
        answered = await answer_outside(work, command, confidences=told)
        work.audit("outside.answer", object_id=answered.request_id)
    return JSONResponse(AnsweredOut.of(answered).model_dump(mode="json"))


def works_of(request: Request) -> Works:
    """What opens a unit of work for somebody without a token."""
    works: Works = request.app.state.wiring.works
    return works
