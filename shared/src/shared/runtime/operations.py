"""What operators ask of every service: its part of a timeline, its backlog, its parked events, its clock."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import AwareDatetime, ConfigDict
from starlette.responses import Response

from shared.db.work import Work
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.bodies import RequestBody, ResponseBody, Text
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.messaging import history, parking
from shared.runtime.travel import ClockNotMovable, travel
from shared.workstreams.looking import count_due

POLICY = {
    "timeline.read": frozenset({"operator", "lead", "coordinator"}),
    "backlog.read": frozenset({"operator"}),
    "parked.read": frozenset({"operator"}),
    "parked.settle": frozenset({"operator"}),
    "clock.read": frozenset({"operator"}),
    "clock.advance": frozenset({"operator"}),
}
"""Who may do what with the machinery; the services add their own actions."""

router = APIRouter(prefix="/v1", tags=["operations"])

_PARKED = {
    "id": 7,
    "topic": "assignments.assignment.v1",
    "key": "asg_01m8095ps8e00axqcgn5qrg12p",
    "type": "offer.accepted",
    "version": 1,
    "reason": "failed",
    "error": "/terms/start_date: missing",
    "attempts": 0,
    "parked_at": "2026-01-05T15:00:00Z",
    "retry_at": None,
    "headers": {"ce_type": "offer.accepted"},
    "value": None,
}


def _example(**example: Any) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class ParkedOut(ResponseBody):
    """An event that could not be applied yet; its value only when it is asked for alone."""

    model_config = _example(**_PARKED)

    id: int
    topic: str
    key: str
    type: str | None
    version: int | None
    reason: str
    error: str
    attempts: int
    parked_at: datetime
    retry_at: datetime | None
    headers: dict[str, str]
    value: str | None


class ParkedList(ResponseBody):
    """The events that wait, oldest first, at most 200."""

    model_config = _example(items=[_PARKED])

    items: tuple[ParkedOut, ...]


class EntryOut(ResponseBody):
    """One event that the service published."""

    id: str
    time: datetime
    type: str
    topic: str
    key: str
    version: int
    actor: str
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    is_published: bool
    data: dict[str, Any] | None


class Timeline(ResponseBody):
    """What the service published about one assignment, oldest first."""

    model_config = _example(items=[])

    items: tuple[EntryOut, ...]


class Backlog(ResponseBody):
    """What is still on its way; `lag` is null while the broker cannot be asked, and where the worker runs apart."""

    model_config = _example(unpublished=0, lag=0, due_again=0, due_looks=0, parked=0)

    unpublished: int
    lag: int | None
    due_again: int
    due_looks: int
    parked: int


class ReplayIn(RequestBody):
    """Try it again; `accept_gap` gives up the versions missing before it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"accept_gap": False}]})

    accept_gap: bool = False


class SkipIn(RequestBody):
    """Give it up for good, and say why."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "sent by a broken test client"}]})

    reason: Text


class AdvanceIn(RequestBody):
    """The business instant to go forward to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"to": "2026-02-01T12:00:00Z"}]})

    to: AwareDatetime


class ClockOut(ResponseBody):
    """The business time of this service."""

    model_config = _example(now="2026-02-01T12:00:00Z")

    now: datetime


@router.get(
    "/timeline", summary="What this service published about an assignment", dependencies=[allow("timeline.read")]
)
async def get_timeline(door: Reads, assignment_id: Annotated[str, Query(max_length=60)]) -> Timeline:
    """The newest 500 events about the assignment, oldest first."""
    entries = await door.read(lambda work: history.timeline(work, assignment_id))
    return Timeline(items=tuple(EntryOut.model_validate(entry) for entry in entries))


@router.get("/backlog", summary="How much is still on its way", dependencies=[allow("backlog.read")])
async def get_backlog(request: Request, door: Reads) -> Backlog:
    """Zero everywhere means that this service has done all it knows of."""
    lag = await request.app.state.process.worker.backlog()

    async def look(work: Work) -> Backlog:
        return Backlog(
            lag=lag,
            unpublished=await history.unpublished(work),
            due_again=await history.due_again(work),
            due_looks=await count_due(work),
            parked=len(await parking.waiting(work)),
        )

    return await door.read(look)


@router.get("/parked-events", summary="Events that wait", dependencies=[allow("parked.read")])
async def list_parked(door: Reads) -> ParkedList:
    """Oldest first, at most 200, without their values."""
    waiting = await door.read(parking.waiting)
    return ParkedList(items=tuple(ParkedOut.model_validate(one) for one in waiting))


ParkedId = Annotated[int, Path(ge=1, lt=2**63)]


@router.get(
    "/parked-events/{parked_id}",
    summary="One event that waits, with its value",
    dependencies=[allow("parked.read")],
    responses=problems(NotFound),
)
async def get_parked(door: Reads, parked_id: ParkedId) -> ParkedOut:
    """With its value, which may hold personal data: that it was read is noted in the audit."""

    async def look(work: Work) -> parking.ParkedEvent:
        work.audit("parked.read", object_id=str(parked_id))
        return await parking.parked(work, parked_id)

    return ParkedOut.model_validate(await door.read(look))


@router.post(
    "/parked-events/{parked_id}:replay",
    summary="Try a parked event again",
    dependencies=[allow("parked.settle")],
    responses=problems(NotFound, parking.AlreadySettled),
    response_model=ParkedOut,
)
async def replay_parked(door: Commands, *, parked_id: ParkedId, asked: Annotated[ReplayIn, body(ReplayIn)]) -> Response:
    """It is tried within a second; read it again to see what became of it."""

    async def act(work: Work) -> parking.ParkedEvent:
        await parking.replay(work, parked_id, accept_gap=asked.accept_gap)
        return await parking.parked(work, parked_id)

    return await door.command(act, answer=lambda event: Answer(body=ParkedOut.model_validate(event)))


@router.post(
    "/parked-events/{parked_id}:skip",
    summary="Give a parked event up, with a reason",
    dependencies=[allow("parked.settle")],
    responses=problems(NotFound, parking.AlreadySettled, parking.NotNext),
    response_model=ParkedOut,
)
async def skip_parked(door: Commands, *, parked_id: ParkedId, asked: Annotated[SkipIn, body(SkipIn)]) -> Response:
    """Its stream goes on behind it; what it said is lost to this service."""

    async def act(work: Work) -> parking.ParkedEvent:
        await parking.skip(work, parked_id, reason=asked.reason)
        return await parking.parked(work, parked_id)

    return await door.command(act, answer=lambda event: Answer(body=ParkedOut.model_validate(event)))


@router.get("/clock", summary="The business time of this service", dependencies=[allow("clock.read")])
async def get_clock(request: Request) -> ClockOut:
    """Real time, or ahead of it in test mode."""
    return ClockOut(now=request.app.state.process.clock.now().astimezone(UTC))


@router.post(
    "/clock:advance",
    summary="Move the business clock forward (test mode)",
    dependencies=[allow("clock.advance")],
    responses=problems(ClockNotMovable),
    response_model=ClockOut,
)
async def advance_clock(request: Request, door: Commands, *, asked: Annotated[AdvanceIn, body(AdvanceIn)]) -> Response:
    """An instant that passed already changes nothing."""
    process = request.app.state.process
    response = await door.command(
        lambda work: travel(work, process.clock, to=asked.to), answer=lambda now: Answer(body=ClockOut(now=now))
    )
    await process.recall()
    process.worker.jobs.look_now()
    return response
