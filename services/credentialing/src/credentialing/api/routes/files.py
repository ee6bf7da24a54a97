"""Credentialing over HTTP."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from credentialing.api.routes.numbers import Sealing
from credentialing.api.schemas.claims import ReceiveIn
from credentialing.api.schemas.files import FileLine, FileOut, RejectIn, VerifyIn, WaiveIn
from credentialing.app.queries import files as queries
from credentialing.app.receive_credential import ReceiveCredential, receive_credential
from credentialing.app.reject_credential import RejectCredential, reject_credential
from credentialing.app.verify_credential import VerifyCredential, verify_credential
from credentialing.app.waive_item import WaiveItem, waive_item
from credentialing.domain import errors
from credentialing.domain.documents.errors import DocumentNotUsable
from credentialing.domain.file import File, columns_of
from credentialing.domain.screening.errors import CaseStands, ScreeningDecides
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.context import context_of
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.parameters import Day
from shared.http.previews import preview_router
from shared.vault.errors import PrivateValuesErased
from shared.vault.kinds import BIRTH_DATE, MEDICAL_NOTE, SSN

router = APIRouter(prefix="/v1", tags=["files"])
previews = preview_router(queries.preview_terms)

PRIVATE_KINDS = (SSN, BIRTH_DATE, MEDICAL_NOTE)
"""What is kept here about a clinician, and nowhere else."""

ITEM = "/files/{file_id}/items/{code}"
REFUSALS = (NotFound, VersionMismatch, errors.ItemNotInFile, errors.FileClosed)
FileId = Annotated[str, Path(max_length=60)]
Code = Annotated[str, Path(max_length=40)]


SHOWS_ALL = "files.read_confidential"


async def _show(request: Request) -> Callable[[File], Answer]:
    clock = request.app.state.wiring.works.clock

    def show(file: File) -> Answer:
        return Answer(body=FileOut.of(file, clock.now(), shows_all=sees_all(request, file)), etag=file.version)

    return show


def sees_all(request: Request, file: File) -> bool:
    """Whether the confidential items of a file are shown to who asks."""
    return context_of(request.scope).reaches[SHOWS_ALL].covers(columns_of(file))


Show = Annotated[Callable[[File], Answer], Depends(_show)]


@router.get(
    "/files",
    summary="Files by start date",
    dependencies=[allow("files.read", besides=(SHOWS_ALL,))],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_files(
    door: Reads,
    paging: Paging,
    assignment_id: Annotated[str | None, Query(max_length=60)] = None,
    clinician_id: Annotated[str | None, Query(max_length=60)] = None,
    is_open: bool | None = None,
    starts_before: Day | None = None,
) -> Page[FileLine]:
    wanted = queries.FileFilter(
        assignment_id=assignment_id, clinician_id=clinician_id, is_open=is_open, starts_before=starts_before
    )
    found = await door.read(lambda work: queries.files_page(work, wanted, paging=paging))
    return found.page(FileLine.model_validate)


@router.get(
    "/files/{file_id}",
    summary="One file with its items",
    dependencies=[allow("files.read", besides=(SHOWS_ALL,))],
    responses=problems(NotFound),
    response_model=FileOut,
)
async def get_file(door: Reads, show: Show, file_id: FileId) -> Response:
    return await door.show(lambda work: queries.file_by_id(work, file_id), answer=show)


@router.post(
    f"{ITEM}:receive",
    summary="A credential came in",
    dependencies=[allow("items.receive", besides=(SHOWS_ALL,))],
    responses=problems(
        *REFUSALS,
        errors.ExpiryMissing,
        errors.IssuedInFuture,
        errors.ExpiresBeforeIssued,
        errors.NotAnAlternative,
        DocumentNotUsable,
        PrivateValuesErased,
    ),
    response_model=FileOut,
)
async def receive(
    door: Commands,
    show: Show,
    *,
    numbers: Sealing,
    file_id: FileId,
    code: Code,
    asked: Annotated[ReceiveIn, body(ReceiveIn)],
) -> Response:
    command = ReceiveCredential(file_id=file_id, code=code, shown=asked.shown())
    return await door.command(lambda work: receive_credential(work, command, numbers=numbers), answer=show)


@router.post(
    f"{ITEM}:verify",
    summary="Its source confirmed a credential",
    dependencies=[allow("items.verify", besides=(SHOWS_ALL,))],
    responses=problems(
        *REFUSALS,
        errors.NothingToVerify,
        errors.ExpiresBeforeNeeded,
        errors.TooOldForStart,
        errors.NotValidAtStart,
        errors.NotOfTheKind,
        errors.SamePerson,
        errors.ClientDecides,
        CaseStands,
        ScreeningDecides,
    ),
    response_model=FileOut,
)
async def verify(
    door: Commands, show: Show, file_id: FileId, code: Code, asked: Annotated[VerifyIn, body(VerifyIn)]
) -> Response:
    command = VerifyCredential(file_id=file_id, code=code, source=asked.source)
    return await door.command(lambda work: verify_credential(work, command), answer=show)


@router.post(
    f"{ITEM}:reject",
    summary="A credential does not do",
    dependencies=[allow("items.reject", besides=(SHOWS_ALL,))],
    responses=problems(*REFUSALS, errors.NothingToReject),
    response_model=FileOut,
)
async def reject(
    door: Commands, show: Show, file_id: FileId, code: Code, asked: Annotated[RejectIn, body(RejectIn)]
) -> Response:
    command = RejectCredential(file_id=file_id, code=code, because=asked.because)
    return await door.command(lambda work: reject_credential(work, command), answer=show)


@router.post(
    f"{ITEM}:waive",
    summary="Lift a requirement for this assignment",
    dependencies=[allow("items.waive", besides=(SHOWS_ALL,))],
    responses=problems(
        *REFUSALS,
        errors.NotWaivable,
        errors.WrongApprover,
        errors.WaiverEndsTooSoon,
        errors.WaiverWithoutEnd,
        DocumentNotUsable,
    ),
    response_model=FileOut,
)
async def waive(
    door: Commands,
    show: Show,
    file_id: FileId,
    code: Code,
    asked: Annotated[WaiveIn, body(WaiveIn)],
) -> Response:
    command = WaiveItem(file_id=file_id, code=code, **asked.model_dump())
    return await door.command(lambda work: waive_item(work, command), answer=show)
