"""The outermost layer of every request: its ids, its access log line, its metrics, and the last resort."""

from collections.abc import Iterable
from time import perf_counter

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from shared.guard.headers import Header, hsts, with_safe_headers
from shared.http.context import RequestContext, current_request, open_context, route_template
from shared.http.problems import INTERNAL_ERROR, OnError, answer, handle, problem_of
from shared.observe.metrics import HTTP_REQUESTS, HTTP_SECONDS
from shared.observe.places import places

log = structlog.get_logger()

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CLIENT_GONE = 499


class Envelope:
    """Wraps one service's application; `on_error` answers what came past everything else."""

    def __init__(self, app: ASGIApp, *, service: str, hsts_seconds: int = 0, on_error: OnError = handle) -> None:
        self._app = app
        self._service = service
        self._on_error = on_error
        self._only_https = hsts(hsts_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        context = open_context(scope)
        outgoing = _Outgoing(send, context, self._only_https if scope["scheme"] == "https" else ())
        token = current_request.set(context)
        bound = {"service": self._service, "request_id": context.request_id, "traceparent": context.traceparent}
        with bound_contextvars(**bound, actor=None):
            try:
                await self._app(scope, receive, outgoing.send)
            except ClientDisconnect:
                outgoing.status = CLIENT_GONE
            except Exception as error:  # noqa: BLE001  # the last resort: logged once, answered
                await self._last_resort(error, outgoing, scope=scope, receive=receive)
            finally:
                _record(scope, outgoing, seconds=perf_counter() - started)
                current_request.reset(token)

    async def _last_resort(self, error: Exception, outgoing: "_Outgoing", *, scope: Scope, receive: Receive) -> None:
        """Answers what nothing else answered. Messages of errors may hold values, so only the places are logged."""
        problem = problem_of(error)
        if problem is INTERNAL_ERROR:
            log.error("http.failed", error=type(error).__qualname__, where=places(error), route=route_template(scope))
        if outgoing.status:
            raise RuntimeError("an answer broke off half-way") from None  # the server closes the connection
        try:
            response = await self._on_error(Request(scope, receive), error)
        except Exception as worse:  # noqa: BLE001  # a page about a defect has one itself
            log.error("http.failed", error=type(worse).__qualname__, where=places(worse), route=route_template(scope))
            response = answer(problem, outgoing.context)
        await response(scope, receive, outgoing.send)


class _Outgoing:
    """Adds to each answer the headers that every answer has, and remembers its status."""

    def __init__(self, send: Send, context: RequestContext, more: tuple[Header, ...]) -> None:
        self._send = send
        self.context = context
        self.status = 0
        self._more = more

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = with_safe_headers(message["headers"], self._headers())
        await self._send(message)

    def _headers(self) -> Iterable[Header]:
        allowance = self.context.allowance
        left = allowance.headers() if allowance else ()
        return (b"x-request-id", self.context.request_id.encode()), *left, *self._more


def _record(scope: Scope, outgoing: _Outgoing, *, seconds: float) -> None:
    route = route_template(scope)
    method = scope["method"] if scope["method"] in METHODS else "other"
    HTTP_REQUESTS.labels(method, route, outgoing.status).inc()
    HTTP_SECONDS.labels(method, route).observe(seconds)
    context = outgoing.context
    log.info(
        "http.request",
        method=method,
        route=route,
        status=outgoing.status,
        ms=round(seconds * 1000, 1),
        actor=context.principal.subject if context.principal else None,
        problem=context.problem,
    )
