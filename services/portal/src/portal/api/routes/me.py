"""One's own settings."""

from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages.cookies import Cookie
from portal.api.pages.page import Pages, Values
from portal.api.pages.sign_in_parts import parts_of
from portal.api.views.me import page_of
from portal.app.queries.me import own_account
from shared.db.work import Work
from shared.http.access import allow
from shared.http.context import context_of
from shared.http.cookies import hash_of

router = APIRouter(include_in_schema=False, dependencies=[allow("live.listen")])


@router.get("/me")
async def me(request: Request, door: Pages) -> Response:
    """Who I am, what I may do, and how my pages look."""

    async def look(work: Work) -> Values:
        account = await own_account(work)
        reach = context_of(request.scope).reach
        here = hash_of(request, Cookie.SESSION, is_secure=parts_of(request).is_secure)
        fields = reach.fields if reach else frozenset()
        shown = page_of(account, principal=work.principal, fields=fields, session_hash=here)
        return {"account": shown, "zone": ZoneInfo(account.zone)}

    return await door.show("me/page.html", look)
