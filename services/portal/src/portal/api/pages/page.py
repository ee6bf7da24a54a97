"""Pages: templates with what every page shows, under a policy that runs no script and no style but ours."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Annotated, Any

from fastapi import Depends
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from portal.api.pages.assets import address_of
from portal.api.pages.drawn import DRAWN
from portal.api.pages.live import down_of
from portal.api.views.navigation import finder_of, links_of, section_of
from portal.app.queries.shell import Shell, shell_of
from shared.db.work import Work
from shared.http.commands import LookingDoor
from shared.http.context import context_of
from shared.roles import Field

templates = Environment(
    loader=PackageLoader("portal.api"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
"""Templates write no `|safe` on what people typed: everything is escaped unless a macro of ours made it."""
templates.globals = {name: templates.globals[name] for name in ("namespace", "range")}
templates.globals |= {"asset": address_of, "drawn": DRAWN}
"""Each import of a template looks through all of them, so they are few."""

Values = Mapping[str, Any]
THEMES = ("auto", "light", "dark")
DENSITIES = ("comfortable", "compact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who looks at the page, and which classes of fields they are shown."""

    id: str
    name: str
    roles: frozenset[str]
    fields: frozenset[Field]

    def sees(self, field: str) -> bool:
        """Whether fields of this class are shown: `contact`, `money` or `commercial`."""
        return Field(field) in self.fields


class PageDoor(LookingDoor):
    """The door of a page: reads in one unit of work and shows what was found."""

    async def show(
        self,
        template: str,
        look: Callable[[Work], Awaitable[Values]],
        *,
        block: str | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        """The page with what `look` found; for htmx, the one block alone where `block` names it."""
        is_part = block is not None and is_htmx(self._request)

        async def both(work: Work) -> tuple[Values, Shell | None, datetime]:
            return await look(work), None if is_part else await shell_of(work, self.principal), work.now

        found, shell, now = await self.read(both)
        return render(
            self._request, template, block=block if is_part else None, status=status, shell=shell, now=now, **found
        )


async def page_door(request: Request) -> PageDoor:
    """The door of this request for showing a page."""
    return PageDoor(request)


Pages = Annotated[PageDoor, Depends(page_door)]
"""The type of a page route's parameter `door`."""


def is_htmx(request: Request) -> bool:
    """Whether a script of ours asks for a part of the page, not a browser for the whole."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


def render(request: Request, name: str, *, block: str | None = None, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of this template, or one block of it, with what every template may use (see `layout.html`)."""
    nonce = token_urlsafe(16)
    template = templates.get_template(name)
    shell: Shell | None = values.pop("shell", None)
    nav = links_of(_roles(request), mine=shell.mine if shell else None)
    context = {
        "me": me_of(request, shell),
        "nav": nav,
        "section": section_of(nav, request.url.path),
        "finder": finder_of(_roles(request)),
        "shell": shell,
        "nonce": nonce,
        "now": values.pop("now", None),
        "is_htmx": is_htmx(request),
        "down": down_of(request),
        "theme": _chosen(request, "theme", among=THEMES),
        "density": _chosen(request, "density", among=DENSITIES),
        "request_path": request.url.path,
        "request_query": request.url.query,
        **values,
    }
    parts = template.generate(context) if block is None else template.blocks[block](template.new_context(context))
    # Part by part: one character outside of ASCII, wherever it stands, makes all of a text slow to put together.
    body = b"".join([part.encode() for part in parts])
    return HTMLResponse(body, status, headers=_headers(request, nonce))


def me_of(request: Request, shell: Shell | None = None) -> Me | None:
    """Who looks at the page; None where nobody signed in."""
    context = context_of(request.scope)
    if context.principal is None:
        return None
    return Me(
        id=context.principal.subject,
        name=shell.name if shell else "",
        roles=context.principal.roles,
        fields=context.reach.fields if context.reach else frozenset(),
    )


def _roles(request: Request) -> frozenset[str]:
    principal = context_of(request.scope).principal
    return principal.roles | {grant.role for grant in principal.grants} if principal else frozenset()


def _chosen(request: Request, name: str, *, among: Sequence[str]) -> str:
    """What a script of ours keeps in the cookie of this name; the first of all where it is none of them."""
    value = request.cookies.get(name, "")
    return value if value in among else among[0]


def _headers(request: Request, nonce: str) -> Mapping[str, str]:
    # Signing out ends at identity: browsers check where a form is redirected to, too.
    identity = getattr(request.app.state, "identity_origin", "")
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        f"form-action 'self' {identity}; frame-ancestors 'none'; base-uri 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "same-origin",  # with no-referrer, browsers would send forms with Origin: null
        "Cross-Origin-Opener-Policy": "same-origin",
        "Vary": "HX-Request, Cookie",
    }
