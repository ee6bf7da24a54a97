"""Payroll over HTTP."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from payroll.api.schemas import AcceptIn, ProfileLine, ProfileOut, RecordIn
from payroll.app import queries
from payroll.app.accept_package import AcceptPackage, accept_package
from payroll.app.record_piece import RecordPiece, record_piece
from payroll.domain import errors
from payroll.domain.profile import Profile
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.parameters import Day
from shared.http.previews import preview_router
from shared.vault.kinds import BANK_ACCOUNT, BANK_ROUTING, SSN

router = APIRouter(prefix="/v1", tags=["profiles"])
previews = preview_router(queries.preview_terms)

PRIVATE_KINDS = (SSN, BANK_ROUTING, BANK_ACCOUNT)
"""What is kept here about a clinician, and nowhere else."""

PROFILE = "/profiles/{profile_id}"
REFUSALS = (NotFound, VersionMismatch, errors.ProfileClosed)
ProfileId = Annotated[str, Path(max_length=60)]
Key = Annotated[str, Path(max_length=40)]


async def _show(request: Request) -> Callable[[Profile], Answer]:
    clock = request.app.state.wiring.works.clock
    return lambda profile: Answer(body=ProfileOut.of(profile, clock.now()), etag=profile.version)


Show = Annotated[Callable[[Profile], Answer], Depends(_show)]


@router.get(
    "/profiles",
    summary="Pay profiles by start date",
    dependencies=[allow("profiles.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_profiles(
    door: Reads,
    paging: Paging,
    assignment_id: Annotated[str | None, Query(max_length=60)] = None,
    clinician_id: Annotated[str | None, Query(max_length=60)] = None,
    is_open: bool | None = None,
    starts_before: Day | None = None,
) -> Page[ProfileLine]:
    wanted = queries.ProfileFilter(
        assignment_id=assignment_id, clinician_id=clinician_id, is_open=is_open, starts_before=starts_before
    )
    found = await door.read(lambda work: queries.profiles_page(work, wanted, paging=paging))
    return found.page(ProfileLine.model_validate)


@router.get(
    PROFILE,
    summary="One pay profile with its findings, pieces and pay dates",
    dependencies=[allow("profiles.read")],
    responses=problems(NotFound),
    response_model=ProfileOut,
)
async def get_profile(door: Reads, show: Show, profile_id: ProfileId) -> Response:
    return await door.show(lambda work: queries.profile_by_id(work, profile_id), answer=show)


@router.post(
    f"{PROFILE}/pieces/{{key}}:record",
    summary="A piece that the first pay run needs came in",
    dependencies=[allow("pieces.record")],
    responses=problems(*REFUSALS, errors.PieceNotNeeded, errors.PieceAlreadyReceived, errors.PieceReceivedInFuture),
    response_model=ProfileOut,
)
async def record(
    door: Commands, show: Show, profile_id: ProfileId, key: Key, asked: Annotated[RecordIn, body(RecordIn)]
) -> Response:
    command = RecordPiece(profile_id=profile_id, key=key, received_on=asked.received_on)
    return await door.command(lambda work: record_piece(work, command), answer=show)


@router.post(
    f"{PROFILE}:accept-package",
    summary="Let the doubts about a pay package stand",
    dependencies=[allow("packages.accept")],
    responses=problems(*REFUSALS, errors.PackageBlocked, errors.NothingToAccept),
    response_model=ProfileOut,
)
async def accept(
    door: Commands, show: Show, profile_id: ProfileId, asked: Annotated[AcceptIn, body(AcceptIn)]
) -> Response:
    command = AcceptPackage(profile_id=profile_id, note=asked.note)
    return await door.command(lambda work: accept_package(work, command), answer=show)
