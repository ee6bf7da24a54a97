"""Makes the HTTP application of one service."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from shared.access.tokens import Verifier
from shared.access.withdrawals import Withdrawals
from shared.db.work import Works
from shared.errors import Refused, Unavailable
from shared.guard.limits import LargeBody, RequestLimits
from shared.guard.quotas import Quotas
from shared.http import health, problem_pages
from shared.http.access import Policy
from shared.http.envelope import Envelope
from shared.http.examples import lacks_examples
from shared.http.health import Ready
from shared.http.openapi import describe, operations, problems
from shared.http.parameters import KnownParameters
from shared.http.problems import OnError, handle

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

_SILENT: Any = {"tracing": False, "metrics": False, "logs": False}
"""FastAPI's own telemetry stays off: its spans hold query strings, its logs the messages of exceptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What the doors of one service need: units of work, who verifies tokens and who refuses them, who may do what.

    `quotas` bound how often one may ask; answers over https say for `hsts_seconds` to come by nothing else.
    """

    works: Works
    verifier: Verifier
    withdrawals: Withdrawals
    policy: Policy
    quotas: Quotas
    hsts_seconds: int = 0
    ready: Ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the routes of one service.

    `middleware` stands inside the envelope and the limits, the first outermost; `on_error` answers refusals.
    `large_bodies`: the routes that take files.
    """

    lifespan: Lifespan | None = None
    middleware: Sequence[Middleware] = ()
    on_error: OnError = handle
    large_bodies: Sequence[LargeBody] = ()


_BARE = Frame()


def create_app(
    name: str, version: str, *, routers: Sequence[APIRouter], wiring: Wiring, frame: Frame = _BARE
) -> FastAPI:
    """The application: the service's routers and what every service answers besides (health, version, problems)."""
    app = FastAPI(
        title=name,
        version=version,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=problems(),
        dependencies=[Depends(KnownParameters())],
        lifespan=frame.lifespan,
        telemetry=_SILENT,
    )
    app.state.wiring = wiring
    for error in (Refused, Unavailable, RequestValidationError, HTTPException):
        app.add_exception_handler(error, frame.on_error)
    for inner in reversed(frame.middleware):
        app.add_middleware(inner.cls, *inner.args, **inner.kwargs)
    app.add_middleware(RequestLimits, large=frame.large_bodies)
    app.add_middleware(Envelope, service=name, hsts_seconds=wiring.hsts_seconds, on_error=frame.on_error)
    for router in (*routers, health.router, problem_pages.router):
        app.include_router(router)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def operations_without_examples(app: FastAPI) -> list[str]:
    """The operations, as `METHOD path`, without a summary, or whose request or successful answer shows no example."""
    return [named for named, operation in operations(app.openapi()) if lacks_examples(operation)]
