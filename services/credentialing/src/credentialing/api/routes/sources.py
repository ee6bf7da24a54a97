"""Questions to sources, checks by hand, and the messages that sources send by themselves."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from credentialing.api.routes.numbers import Sealing
from credentialing.api.schemas.sources import (
    CheckIn,
    GuideOut,
    HeardOut,
    InquiriesOut,
    InquiryOut,
    ResultOut,
    SourcesOut,
)
from credentialing.app.ask_source import AskSource, ask_source
from credentialing.app.check_by_hand import check_by_hand
from credentialing.app.hear_vendor_event import hear_vendor_event
from credentialing.app.queries import inquiries as queries
from credentialing.clients.signatures import Signed, verified
from credentialing.clients.sources import RESOURCE, Sources
from credentialing.domain import errors
from credentialing.domain.documents.errors import DocumentNotUsable
from credentialing.domain.screening.errors import ScreeningDecides
from credentialing.domain.sources.errors import (
    AuthorisationMissing,
    CheckedElsewhere,
    EventUnreadable,
    NoSourceAnswers,
    OrderTooEarly,
    SignatureWrong,
    SourceNotSetUp,
)
from credentialing.domain.sources.manual_check import CheckByHand
from credentialing.domain.sources.vendor_event import VendorEvent, read_event
from shared.clock import SystemClock
from shared.db.versions import VersionMismatch
from shared.db.work import Works
from shared.errors import NotFound
from shared.http.access import allow, public
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.context import context_of
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.principal import Principal

router = APIRouter(prefix="/v1", tags=["sources"])

ITEM = "/files/{file_id}/items/{code}"
REFUSALS = (NotFound, VersionMismatch, errors.ItemNotInFile, errors.FileClosed)
FileId = Annotated[str, Path(max_length=60)]
Code = Annotated[str, Path(max_length=40)]
Sender = Literal["background_vendor", "licence_source"]


async def _sources(request: Request) -> Sources:
    sources: Sources = getattr(request.app.state, RESOURCE)
    return sources


Have = Annotated[Sources, Depends(_sources)]


@router.get(
    "/files/{file_id}/inquiries",
    summary="What was asked of sources for a file",
    dependencies=[allow("inquiries.read")],
    responses=problems(NotFound),
)
async def list_inquiries(door: Reads, file_id: FileId) -> InquiriesOut:
    found = await door.read(lambda work: queries.inquiries_of_file(work, file_id))
    return InquiriesOut(items=tuple(InquiryOut.of(one) for one in found))


@router.get(
    f"{ITEM}/guide",
    summary="Where to check an item by hand",
    dependencies=[allow("inquiries.read")],
    responses=problems(NotFound, errors.ItemNotInFile),
)
async def get_guide(door: Reads, file_id: FileId, code: Code) -> GuideOut:
    found = await door.read(lambda work: queries.guide_of_item(work, file_id, code=code))
    return GuideOut.model_validate(found)


@router.post(
    f"{ITEM}:check",
    summary="Say what the source shows",
    dependencies=[allow("items.check")],
    responses=problems(*REFUSALS, CheckedElsewhere, ScreeningDecides, DocumentNotUsable),
    response_model=ResultOut,
)
async def check(
    door: Commands, numbers: Sealing, file_id: FileId, code: Code, asked: Annotated[CheckIn, body(CheckIn)]
) -> Response:
    command = CheckByHand(file_id=file_id, code=code, check=asked.check())
    return await door.command(
        lambda work: check_by_hand(work, command, numbers=numbers),
        answer=lambda result: Answer(body=ResultOut.of(result)),
    )


@router.post(
    f"{ITEM}:ask",
    summary="Have the source asked now",
    dependencies=[allow("items.ask")],
    responses=problems(
        *REFUSALS,
        ScreeningDecides,
        NoSourceAnswers,
        SourceNotSetUp,
        AuthorisationMissing,
        OrderTooEarly,
        errors.NothingToVerify,
    ),
    response_model=InquiryOut,
)
async def ask(door: Commands, have: Have, file_id: FileId, code: Code) -> Response:
    command = AskSource(file_id=file_id, code=code, configured=have.names)
    return await door.command(
        lambda work: ask_source(work, command), answer=lambda begun: Answer(body=InquiryOut.of(begun))
    )


@router.get(
    "/sources", summary="What waits at each source, and which does not answer", dependencies=[allow("sources.read")]
)
async def list_sources(door: Reads, have: Have) -> SourcesOut:
    found = await door.read(lambda work: queries.sources_now(work, have.names))
    return SourcesOut.of(found)


@router.post(
    "/vendor-events/{source}",
    summary="A source says something by itself",
    description="Signed by the source over the raw body. A repetition is known by the event's id.",
    dependencies=[public("the source's signature is the proof")],
    responses=problems(SignatureWrong, EventUnreadable),
    response_model=HeardOut,
)
async def hear(request: Request, have: Have, numbers: Sealing, source: Sender) -> Response:
    event = await _event(request, have, source)
    context = context_of(request.scope)
    works: Works = request.app.state.wiring.works
    who = Principal(subject=f"source:{source}")
    async with works.begin(who, correlation_id=context.request_id, traceparent=context.traceparent) as work:
        effect = await hear_vendor_event(work, event, numbers=numbers)
    return JSONResponse(HeardOut(effect=effect).model_dump())


async def _event(request: Request, have: Sources, source: str) -> VendorEvent:
    """Nothing of a message is read before its signature holds."""
    raw = await request.body()
    signed = _signed(request, raw, have.secrets_of(source))
    event = read_event(source, _json(raw), event_id=signed.event_id)
    if event is None:
        raise EventUnreadable
    return event


def _signed(request: Request, raw: bytes, secrets: tuple[str, ...]) -> Signed:
    now_seconds = int(SystemClock().now().timestamp())  # real time: the source compares it with its own
    signed = verified(dict(request.headers.items()), raw, secrets=secrets, now_seconds=now_seconds)
    if signed is None:
        raise SignatureWrong
    return signed


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise EventUnreadable from None
