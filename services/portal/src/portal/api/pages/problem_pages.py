"""Refusals as people see them: a page with what to do next, a short news for a part of a page, JSON for programs."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.pages.page import is_htmx, render
from portal.api.pages.session_cookie import FAULT, is_of_link
from portal.api.pages.sign_in_parts import LINKS, parts_of
from portal.domain.own_path import START, own_path
from portal.domain.session_errors import IdentityAway
from shared.access.errors import FreshSignInNeeded
from shared.errors import Kind, Refused
from shared.http.context import context_of
from shared.http.problems import handle

SIGN_IN: Final = "/sign-in"
ASKED_IN_VAIN: Final = "The service that signs people in does not answer at the moment."
STILL_SIGNED_IN: Final = "You are still signed in, but the service that signs people in does not answer at the moment."
_LEFT_OUT: Final = frozenset({"content-length", "content-type", "www-authenticate"})

TITLES: Final[Mapping[str, str]] = {
    "unknown_route": "There is no such page",
    "invalid_request": "Something is to be repaired",
    "unavailable": "Not available at the moment",
    "internal_error": "Something went wrong here",
}
"""By code, where the title is a programmer's word."""

WHAT_TO_DO: Final[Mapping[int, str]] = {
    400: "Go back and try it again.",
    403: "Ask a lead for a role that allows it, or go on with other work.",
    404: "Check the address. What you look for may have been removed, or belong to somebody else.",
    405: "Go back to the page and use its own buttons.",
    409: "Open the page again to see what holds now, then decide anew.",
    412: "Somebody changed it while you looked. Open the page again to see the difference.",
    413: "Send less at once.",
    422: "Go back, repair what is listed, and send it again.",
    429: "Wait a moment, then try it again.",
    500: "Report it with the request's number below. Nothing was changed.",
    503: "Nothing was changed. Try it again in a moment.",
}


async def on_error(request: Request, error: Exception) -> Response:
    """The answer to whatever was refused or failed, in the form that the asker reads."""
    answer = await handle(request, error)
    if not _wants_page(request):
        return answer
    if isinstance(error, IdentityAway):
        return _away(request, ASKED_IN_VAIN)
    if answer.status_code == 401:
        return _away(request, STILL_SIGNED_IN) if FAULT in request.scope else _sign_in(request, error)
    return _shown(request, answer, error)


def _wants_page(request: Request) -> bool:
    """Whether a browser shows the answer to somebody. A program sends a token by itself, or asks for JSON."""
    if "authorization" in request.headers:
        return False
    return is_htmx(request) or "text/html" in request.headers.get("accept", "")


def _sign_in(request: Request, error: Exception) -> Response:
    """Sends somebody to sign in and back to where they are; who came by a link, to the page that opens links."""
    if is_of_link(request.url.path):
        return _gone(request, f"{LINKS}?over=1")
    fresh = {"fresh": "1"} if isinstance(error, FreshSignInNeeded) else {}
    return _gone(request, f"{SIGN_IN}?{urlencode({'next': _here(request), **fresh})}")


def _gone(request: Request, address: str) -> Response:
    if is_htmx(request):  # a redirect would be followed unseen, and its page put into a part of this one
        return Response(status_code=401, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _here(request: Request) -> str:
    """The page that the person looks at: of a form or a part, the one that it stands on."""
    if request.method in ("GET", "HEAD") and not is_htmx(request):
        query = f"?{request.url.query}" if request.url.query else ""
        return own_path(request.url.path + query)
    seen = request.headers.get("hx-current-url") or request.headers.get("referer") or ""
    parts = urlsplit(seen)
    if f"{parts.scheme}://{parts.netloc}" != parts_of(request).address:
        return START
    return own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _away(request: Request, detail: str) -> Response:
    """Identity does not answer, so that nobody can say who comes in, or whether a session goes on."""
    context_of(request.scope).problem = "unavailable"
    values = {
        "title": "Identity does not answer",
        "detail": detail,
        "what_to_do": WHAT_TO_DO[503],
        "findings": (),
        "status": 503,
    }
    return _page(request, values, {"Retry-After": "2"})


def _shown(request: Request, answer: Response, error: Exception) -> Response:
    problem = json.loads(bytes(answer.body))
    status = answer.status_code
    is_odd = isinstance(error, Refused) and error.kind is Kind.INVALID
    values = {
        "title": TITLES.get(problem["code"], problem["title"]),
        "detail": problem["detail"],
        "what_to_do": WHAT_TO_DO.get(status, WHAT_TO_DO[400]),
        "findings": tuple(finding["message"] for finding in problem["errors"]) if is_odd else (),
        "status": status,
    }
    headers = {name: value for name, value in answer.headers.items() if name not in _LEFT_OUT}
    return _page(request, values, headers)


def _page(request: Request, values: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """The whole page; for a part of one, news beside it that leaves the part as it is."""
    home = ("Open your link", LINKS) if is_of_link(request.url.path) else ("My work", START)
    more = {"request_id": context_of(request.scope).request_id, "home": home, **values}
    status = int(more.pop("status"))
    if is_htmx(request):
        page = render(request, "problems/news.html", status=status, **more)
        page.headers["HX-Reswap"] = "none"
    else:
        page = render(request, "problems/problem.html", status=status, **more, code_number=status)
    page.headers.update(headers)
    return page
