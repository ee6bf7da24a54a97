"""Grants over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from identity.api.schemas.grants import GrantIn, GrantOut
from identity.api.schemas.reasons import ReasonIn
from identity.app import queries
from identity.app.give_grant import give_grant
from identity.app.revoke_grant import RevokeGrant, revoke_grant
from identity.domain.access_errors import GrantOver, GrantToOneself, TooManyGrants
from identity.domain.grant import Grant
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging

router = APIRouter(prefix="/v1", tags=["grants"])

GRANT = "/grants/{grant_id}"
GrantId = Annotated[str, Path(max_length=60)]


def _show(grant: Grant) -> Answer:
    return Answer(body=GrantOut.of(grant), etag=grant.version)


def _show_new(grant: Grant) -> Answer:
    return Answer(body=GrantOut.of(grant), etag=grant.version, status=201, location=f"/v1/grants/{grant.grant_id}")


@router.post(
    "/grants",
    summary="Let a virtual specialist act in a department's role",
    dependencies=[allow("grants.give")],
    responses=problems(GrantToOneself, TooManyGrants),
    response_model=GrantOut,
    status_code=201,
)
async def give(door: Commands, asked: Annotated[GrantIn, body(GrantIn)]) -> Response:
    return await door.command(lambda work: give_grant(work, asked.request()), answer=_show_new)


@router.get(
    "/grants",
    summary="Grants, those that end first before the others",
    dependencies=[allow("grants.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_grants(
    door: Reads,
    paging: Paging,
    person_id: Annotated[str | None, Query(max_length=60)] = None,
    is_live: Annotated[bool | None, Query()] = None,
) -> Page[GrantOut]:
    found = await door.read(lambda work: queries.grants_page(work, person_id=person_id, is_live=is_live, paging=paging))
    return found.page(GrantOut.of)


@router.get(
    GRANT,
    summary="One grant",
    dependencies=[allow("grants.read")],
    responses=problems(NotFound),
    response_model=GrantOut,
)
async def get_grant(door: Reads, grant_id: GrantId) -> Response:
    return await door.show(lambda work: queries.grant_by_id(work, grant_id), answer=_show)


@router.post(
    f"{GRANT}:revoke",
    summary="Take a grant back before its time",
    dependencies=[allow("grants.revoke")],
    responses=problems(NotFound, VersionMismatch, GrantOver),
    response_model=GrantOut,
)
async def revoke(door: Commands, grant_id: GrantId, asked: Annotated[ReasonIn, body(ReasonIn)]) -> Response:
    command = RevokeGrant(grant_id=grant_id, reason=asked.reason)
    return await door.command(lambda work: revoke_grant(work, command), answer=_show)
