"""Links over HTTP."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from identity.api.schemas.links import LinkIn, LinkOut, NewLinkOut
from identity.api.schemas.reasons import ReasonIn
from identity.app import queries
from identity.app.make_link import MakeLink, make_link
from identity.app.revoke_link import RevokeLink, revoke_link
from identity.clients.mint import Minted
from identity.domain.access_errors import ApproverLinkNotYours, LinkOver
from identity.domain.link import Link
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.shown_once import shown_once

router = APIRouter(prefix="/v1", tags=["links"])

LINK = "/links/{link_id}"
LinkId = Annotated[str, Path(max_length=60)]


def _show(link: Link) -> Answer:
    return Answer(body=LinkOut.of(link), etag=link.version)


def _show_new(link: Link) -> Answer:
    return Answer(body=NewLinkOut.of(link), etag=link.version, status=201, location=f"/v1/links/{link.link_id}")


@router.post(
    "/links",
    summary="Let somebody without an account in, for a while",
    dependencies=[allow("links.make")],
    responses=problems(ApproverLinkNotYours),
    response_model=NewLinkOut,
    status_code=201,
)
async def make(request: Request, door: Commands, asked: Annotated[LinkIn, body(LinkIn)]) -> Response:
    """The token is in this answer and nowhere else; send it as the fragment of an address, which no server logs."""
    minted: Minted = request.app.state.mint.link_token()
    command = MakeLink(
        **asked.model_dump(exclude={"expires_in_hours"}),
        lasts=timedelta(hours=asked.expires_in_hours),
        digest=minted.digest,
    )
    answered = await door.command(lambda work: make_link(work, command), answer=_show_new)
    return shown_once(answered, token=minted.text)


@router.get(
    "/links",
    summary="Links, those that end first before the others",
    dependencies=[allow("links.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_links(
    door: Reads,
    paging: Paging,
    clinician_id: Annotated[str | None, Query(max_length=60)] = None,
    facility_id: Annotated[str | None, Query(max_length=60)] = None,
) -> Page[LinkOut]:
    found = await door.read(
        lambda work: queries.links_page(work, clinician_id=clinician_id, facility_id=facility_id, paging=paging)
    )
    return found.page(LinkOut.of)


@router.get(
    LINK,
    summary="One link, without its token",
    dependencies=[allow("links.read")],
    responses=problems(NotFound),
    response_model=LinkOut,
)
async def get_link(door: Reads, link_id: LinkId) -> Response:
    return await door.show(lambda work: queries.link_by_id(work, link_id), answer=_show)


@router.post(
    f"{LINK}:revoke",
    summary="Take a link back, and every token that it was exchanged for",
    dependencies=[allow("links.revoke")],
    responses=problems(NotFound, VersionMismatch, LinkOver),
    response_model=LinkOut,
)
async def revoke(door: Commands, link_id: LinkId, asked: Annotated[ReasonIn, body(ReasonIn)]) -> Response:
    command = RevokeLink(link_id=link_id, reason=asked.reason)
    return await door.command(lambda work: revoke_link(work, command), answer=_show)
