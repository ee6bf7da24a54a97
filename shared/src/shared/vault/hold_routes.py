"""Legal holds over HTTP: each service has its own, for what it holds itself."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.vault.bodies import HoldList, HoldOut, PlaceHoldIn, ReleaseHoldIn
from shared.vault.errors import HoldEnded
from shared.vault.holds import holds_of, place_hold, release_hold
from shared.vault.routes import ClinicianId

router = APIRouter(prefix="/v1", tags=["legal holds"])

HOLDS = "/clinicians/{clinician_id}/legal-holds"
HoldId = Annotated[str, Path(pattern=r"^hld_[0-9a-z]{1,40}$")]


@router.post(
    HOLDS,
    summary="Forbid erasure of a clinician's data",
    dependencies=[allow("holds.place")],
    status_code=201,
    response_model=HoldOut,
)
async def post_hold(
    door: Commands, *, clinician_id: ClinicianId, asked: Annotated[PlaceHoldIn, body(PlaceHoldIn)]
) -> Response:
    """Of a clinician whom nobody has announced here, too: a hold must not wait for anything."""
    return await door.command(
        lambda work: place_hold(work, clinician_id, reason=asked.reason, until=asked.until),
        answer=lambda row: Answer(status=201, body=HoldOut.model_validate(row)),
    )


@router.get(HOLDS, summary="A clinician's legal holds", dependencies=[allow("holds.read")])
async def list_holds(door: Reads, clinician_id: ClinicianId) -> HoldList:
    """Newest first, those that ended among them."""
    found = await door.read(lambda work: holds_of(work, clinician_id))
    return HoldList(items=tuple(HoldOut.model_validate(row) for row in found))


@router.post(
    f"{HOLDS}/{{hold_id}}:release",
    summary="End a legal hold",
    dependencies=[allow("holds.release")],
    responses=problems(NotFound, HoldEnded),
    response_model=HoldOut,
)
async def post_release(
    door: Commands,
    *,
    clinician_id: ClinicianId,
    hold_id: HoldId,
    asked: Annotated[ReleaseHoldIn, body(ReleaseHoldIn)],
) -> Response:
    """An erasure that waited for it is done within minutes, if no law wants the data kept."""
    return await door.command(
        lambda work: release_hold(work, clinician_id, hold_id=hold_id, reason=asked.reason),
        answer=lambda row: Answer(body=HoldOut.model_validate(row)),
    )
