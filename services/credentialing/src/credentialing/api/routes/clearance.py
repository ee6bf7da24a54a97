"""Why a file is not clear yet, what was decided about it, and what lies behind an item."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from credentialing.api.routes.files import ITEM, SHOWS_ALL, Code, FileId, sees_all
from credentialing.api.routes.numbers import Sealing
from credentialing.api.schemas.behind import BehindOut, DeclareIn, HomeOut, NumberOut, RevealIn
from credentialing.api.schemas.clearance import DecisionsOut, WhyNotOut
from credentialing.app.declare_residences import DeclareResidences, declare_residences
from credentialing.app.queries import clearance as queries
from credentialing.app.reveal_number import RevealNumber, reveal_number
from credentialing.domain import errors
from credentialing.domain.requirement import Partition
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.vault.unkept import Unkept

router = APIRouter(prefix="/v1", tags=["clearance"])

RESIDENCES = "/clinicians/{clinician_id}/residences"
ClinicianId = Annotated[str, Path(pattern=r"^cln_[0-9a-z]{1,40}$")]


@router.get(
    "/files/{file_id}/why-not",
    summary="What keeps a file from being cleared, whose move it is, and how soon it could be",
    dependencies=[allow("files.read", besides=(SHOWS_ALL,))],
    responses=problems(NotFound),
)
async def get_why_not(request: Request, door: Reads, file_id: FileId) -> WhyNotOut:
    file, found = await door.read(lambda work: queries.why_not_yet(work, file_id))
    return WhyNotOut.of(file_id, found, shows_all=sees_all(request, file))


@router.get(
    "/files/{file_id}/decisions",
    summary="What was decided about its clearance, and on what",
    dependencies=[allow("files.read", besides=(SHOWS_ALL,))],
    responses=problems(NotFound),
)
async def list_decisions(request: Request, door: Reads, file_id: FileId) -> DecisionsOut:
    found = await door.read(lambda work: queries.decided(work, file_id))
    return DecisionsOut.of(found, shows_all=sees_all(request, found.file))


@router.get(
    ITEM,
    summary="One item with its claims and what sources said",
    dependencies=[allow("files.read", besides=(SHOWS_ALL,))],
    responses=problems(NotFound, errors.ItemNotInFile),
)
async def get_item(request: Request, door: Reads, file_id: FileId, code: Code) -> BehindOut:
    behind = await door.read(lambda work: queries.behind_item(work, file_id, code=code))
    is_open = behind.item.requirement.partition is Partition.PERSONNEL
    if not is_open and not sees_all(request, behind.file):
        raise errors.ItemNotInFile(file_id=file_id, item=code)
    return BehindOut.of(behind)


@router.post(
    f"{ITEM}:reveal-number",
    summary="See the number of a credential in clear, for a reason",
    description="Who saw it and why is noted. No Idempotency-Key: nothing is kept of the answer.",
    dependencies=[allow("numbers.reveal")],
    responses=problems(NotFound, errors.ItemNotInFile),
    response_model=NumberOut,
)
async def reveal(
    door: Unkept, numbers: Sealing, *, file_id: FileId, code: Code, asked: Annotated[RevealIn, body(RevealIn)]
) -> Response:
    command = RevealNumber(file_id=file_id, code=code, credential_id=asked.credential_id, reason=asked.reason)
    return await door.command(
        lambda work: reveal_number(work, command, numbers=numbers),
        answer=lambda number: Answer(body=NumberOut(credential_id=asked.credential_id, number=number)),
    )


@router.get(
    RESIDENCES,
    summary="Where a clinician lives and lived, as far as known",
    dependencies=[allow("residences.read")],
    responses=problems(NotFound),
    response_model=HomeOut,
)
async def get_residences(door: Reads, clinician_id: ClinicianId) -> Response:
    return await door.show(
        lambda work: queries.home_of(work, clinician_id),
        answer=lambda home: Answer(body=HomeOut.of(home), etag=home.version),
    )


@router.put(
    RESIDENCES,
    summary="Declare where a clinician lives and lived, with proof",
    dependencies=[allow("residences.declare")],
    responses=problems(NotFound, VersionMismatch),
    response_model=HomeOut,
)
async def put_residences(
    door: Commands, clinician_id: ClinicianId, asked: Annotated[DeclareIn, body(DeclareIn)]
) -> Response:
    declared = [one.residence() for one in asked.residences]
    command = DeclareResidences(clinician_id=clinician_id, residences=declared)
    return await door.command(
        lambda work: declare_residences(work, command),
        answer=lambda home: Answer(body=HomeOut.of(home), etag=home.version),
    )
