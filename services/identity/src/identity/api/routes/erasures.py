"""Erasures over HTTP: one asks, another confirms."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from identity.api.schemas.erasures import ErasureIn, ErasureOut
from identity.app import queries
from identity.app.ask_erasure import AskErasure, ask_erasure
from identity.app.confirm_erasure import confirm_erasure
from identity.domain.access_errors import ErasureAsked, ErasureConfirmed, ErasureNeedsAnother
from identity.domain.erasure import Erasure
from identity.domain.errors import LastAdministrator
from shared.access.errors import FreshSignInNeeded
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.step_up import require_fresh_sign_in

router = APIRouter(prefix="/v1", tags=["erasures"])

ERASURE = "/erasures/{erasure_id}"
ErasureId = Annotated[str, Path(max_length=60)]


def _show(erasure: Erasure) -> Answer:
    return Answer(body=ErasureOut.of(erasure), etag=erasure.version)


def _show_new(erasure: Erasure) -> Answer:
    shown = ErasureOut.of(erasure)
    return Answer(body=shown, etag=erasure.version, status=201, location=f"/v1/erasures/{erasure.erasure_id}")


@router.post(
    "/erasures",
    summary="Ask that somebody be forgotten",
    dependencies=[allow("erasures.ask")],
    responses=problems(ErasureAsked),
    response_model=ErasureOut,
    status_code=201,
)
async def ask(door: Commands, asked: Annotated[ErasureIn, body(ErasureIn)]) -> Response:
    command = AskErasure(subject=asked.subject, reason=asked.reason)
    return await door.command(lambda work: ask_erasure(work, command), answer=_show_new)


@router.get(
    "/erasures",
    summary="Erasures, oldest first",
    dependencies=[allow("erasures.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_erasures(
    door: Reads, paging: Paging, is_confirmed: Annotated[bool | None, Query()] = None
) -> Page[ErasureOut]:
    found = await door.read(lambda work: queries.erasures_page(work, is_confirmed=is_confirmed, paging=paging))
    return found.page(ErasureOut.of)


@router.get(
    ERASURE,
    summary="One erasure",
    dependencies=[allow("erasures.read")],
    responses=problems(NotFound),
    response_model=ErasureOut,
)
async def get_erasure(door: Reads, erasure_id: ErasureId) -> Response:
    return await door.show(lambda work: queries.erasure_by_id(work, erasure_id), answer=_show)


@router.post(
    f"{ERASURE}:confirm",
    summary="Confirm it as the second person; there is no way back",
    dependencies=[allow("erasures.confirm")],
    responses=problems(
        NotFound, VersionMismatch, ErasureConfirmed, ErasureNeedsAnother, LastAdministrator, FreshSignInNeeded
    ),
    response_model=ErasureOut,
)
async def confirm(door: Commands, erasure_id: ErasureId) -> Response:
    require_fresh_sign_in(door.principal)
    return await door.command(lambda work: confirm_erasure(work, erasure_id), answer=_show)
