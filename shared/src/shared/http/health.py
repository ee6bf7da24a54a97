"""What whoever runs a service asks it: does it live, is it ready, which version is it, what does it count."""

from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.http.access import public
from shared.http.errors import UnknownRoute

Ready = Callable[[], Awaitable[Sequence[str]]]
"""Gives the names of what a service still waits for; none when it is ready."""

_FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-real-ip"})

router = APIRouter(include_in_schema=False, dependencies=[public("asked by whoever runs the service, holds no data")])


@router.get("/livez")
async def livez() -> JSONResponse:
    """200 while the process can answer at all: restart it otherwise."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """200 when requests may be sent here; 503 with the names of what is waited for."""
    waiting = list(await request.app.state.wiring.ready())
    status = "waiting" if waiting else "ready"
    return JSONResponse({"status": status, "waiting_for": waiting}, status_code=503 if waiting else 200)


@router.get("/version")
async def version(request: Request) -> JSONResponse:
    """Which service this is, and which release of it."""
    return JSONResponse({"service": request.app.title, "version": request.app.version})


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Everything on the page of metrics, in the Prometheus text format.

    Raises UnknownRoute for what a proxy forwarded: scrapers stand beside the service, others come through one.
    """
    if not _FORWARDED.isdisjoint(request.headers):
        raise UnknownRoute
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
