"""The outside sources of credentialing, as one ASGI application: for tests and for the demo, with invented people.

    /nppes/          the NPI registry, version 2.1          /licences/…      a licence register (our neutral interface)
    /background/…    a background and drug vendor           /sam/exclusions  SAM.gov exclusions, version 4
    /log             what was asked, for tests: `[{"method", "path"}]`

What a number or an address ends in decides what happens, so that a case can be made by choosing it.

NPI, by the two digits before its check digit:
    00 unknown · 01 taken out of use · 02 another name · 03 an organization's · 04 the shape of 2019 · 05 status 500
    06 status 429, come again in 30 s · 07 status 200 with `Errors` · 08 slow · 09 no JSON · 10 cut off · others: fine

Licence, by the last two digits of its number:
    00 unknown · 01 expired · 02 disciplined · 03 suspended · 04 words that nobody knows · 05 status 500 · 06 status 403
    (asked too often) · 07 not covered · 08 ready only when asked for the third time · 09 American dates, numbers for
    flags · 10 another name · 11 runs out in 30 days · 12 an action against the privilege in another state · 13 forgets
    the transaction once · others: active, multistate, 14 months to go
    POST /licences/news {"jurisdiction", "number", "kind", "status", "disciplines"} sends us that news, signed.

Order, by the tag of the candidate's e-mail address (`ana+consider@example.org`):
    consider · engaged · adverse · suspended · paused · canceled · dispute · expired (the invitation) · silent (no
    webhook; only who asks learns it) · twice (each webhook comes twice) · busy (status 503) · refused (status 400)
    positive, negative (a drug screen) · waiting (the candidate does nothing) · others: clear

SAM.gov: `BARRED` in a name is on the list, `MANY` is 23 times, `CROWD` 99 times; more than ten questions a day get
    status 429.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from firstshift.simulated_sources_licences import Register
from firstshift.simulated_sources_registry import Registry
from firstshift.simulated_sources_sam import Exclusions
from firstshift.simulated_sources_vendor import Vendor
from firstshift.simulated_sources_webhooks import Webhooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What the simulated sources are told.

    `today` is the day by which licences run; `listeners` are the addresses of credentialing that messages are sent to,
    by source, `secrets` what they are signed with, by source. `names` are people's names by NPI or licence number: for
    numbers that are not in it the register says none, the registry an invented one. `slow_seconds` is how long slow is.
    """

    today: date
    listeners: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    slow_seconds: float = 30.0
    sam_questions_a_day: int = 10


def simulated_sources(simulation: Simulation) -> Starlette:
    """The application; every one has a memory of its own."""
    asked: list[dict[str, str]] = []

    async def log(_: Request) -> Response:
        return JSONResponse(asked)

    webhooks = Webhooks(simulation.listeners, simulation.secrets)
    registry = Registry(simulation.names, slow_seconds=simulation.slow_seconds)
    register = Register(simulation.today, simulation.names, webhooks=webhooks)
    vendor = Vendor(simulation.today, webhooks=webhooks)
    exclusions = Exclusions(questions_a_day=simulation.sam_questions_a_day)
    app = Starlette(
        routes=[
            Route("/log", log),
            Mount("/nppes", routes=registry.routes),
            Mount("/licences", routes=register.routes),
            Mount("/background", routes=vendor.routes),
            Mount("/sam", routes=exclusions.routes),
        ]
    )
    app.add_middleware(_Noting, asked=asked)
    return app


class _Noting:
    """Notes what was asked, but for the log itself."""

    def __init__(self, app: ASGIApp, asked: list[dict[str, str]]) -> None:
        self._app = app
        self._asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] != "/log":
            self._asked.append({"method": scope["method"], "path": scope["path"]})
        await self._app(scope, receive, send)
