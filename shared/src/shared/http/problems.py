"""Every error as `application/problem+json` (RFC 9457). No answer and no log ever repeats a rejected value."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shared.access.errors import FreshSignInNeeded
from shared.db.outages import is_outage
from shared.errors import Finding, Invalid, Kind, Refused, Unavailable
from shared.guard.errors import AddressTooLong, BodyTooSlow, HeadersTooLarge, QuotaExceeded
from shared.http.context import RequestContext, context_of, route_template
from shared.http.errors import BadRequest, MethodNotAllowed, UnknownRoute
from shared.http.findings import parameter_findings

OnError = Callable[[Request, Exception], Awaitable[Response]]
"""What answers a refusal."""

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2
MOST_FINDINGS = 100

STATUS = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.FORBIDDEN: 403,
    Kind.UNAUTHENTICATED: 401,
    Kind.PRECONDITION_FAILED: 412,
    Kind.PRECONDITION_REQUIRED: 428,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED: 415,
    Kind.TOO_MANY: 429,
}
_STATUS_OF: dict[type[Refused], int] = {
    MethodNotAllowed: 405,
    BodyTooSlow: 408,
    AddressTooLong: 414,
    HeadersTooLarge: 431,
}
_IN_VAIN = frozenset({401, 404, 405})
"""What somebody gets who tries tokens or addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error as the caller sees it."""

    status: int
    code: str
    title: str
    detail: str
    findings: Sequence[Finding] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


UNAVAILABLE = Problem(
    status=503,
    code="unavailable",
    title="Unavailable",
    detail="Something that this request needs is away at the moment. Nothing was changed; the same request may succeed "
    "later.",
    headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
)
INTERNAL_ERROR = Problem(
    status=500,
    code="internal_error",
    title="Internal error",
    detail="This request met a defect of the service. Nothing was changed. Name the request_id when you report it.",
)


def status_of(refusal: type[Refused]) -> int:
    """The HTTP status that this refusal is answered with."""
    return _STATUS_OF.get(refusal) or STATUS[refusal.kind]


def title_of(refusal: type[Refused]) -> str:
    """The refusal's class name as words: `NotAPush` is "Not a push"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", refusal.__name__).capitalize()


def problem_of(error: Exception) -> Problem:
    """What the caller is told about any error; for an unknown one, nothing but that it happened."""
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, RequestValidationError):
        return _refused(Invalid(findings=parameter_findings(error.errors())))
    if isinstance(error, HTTPException):
        return _routing(error)
    if isinstance(error, Unavailable) or is_outage(error):
        return UNAVAILABLE
    return INTERNAL_ERROR


def answer(problem: Problem, context: RequestContext) -> Response:
    """The problem as a response, noted for the access log."""
    context.problem = problem.code
    content = {
        "type": f"/problems/{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "request_id": context.request_id,
        "instance": f"urn:firstshift:request:{context.request_id}",
        "errors": [
            {"pointer": finding.pointer, "code": finding.code, "message": finding.message}
            for finding in problem.findings[:MOST_FINDINGS]
        ],
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    return Response(body, status_code=problem.status, headers=dict(problem.headers), media_type=MEDIA_TYPE)


async def handle(request: Request, error: Exception) -> Response:
    """FastAPI's exception handler for every error that has a meaning here."""
    problem, context = problem_of(error), context_of(request.scope)
    if problem.status in _IN_VAIN and context.principal is None:
        try:
            _count_in_vain(request, context)
        except QuotaExceeded as exceeded:
            problem = problem_of(exceeded)
    if problem.status == 405:
        problem = replace(problem, headers={"Allow": ", ".join(_methods_here(request))})
    return answer(problem, context)


def _count_in_vain(request: Request, context: RequestContext) -> None:
    """Raises QuotaExceeded when the address asked too often without anybody being known."""
    peer = request.scope.get("client")
    context.allowance = request.app.state.wiring.quotas.unknown(peer)
    if context.allowance:
        context.allowance.require()


def _methods_here(request: Request) -> list[str]:
    """Every method of this path; the router knows only the first route that it found."""
    here = route_template(request.scope)
    routes = (route for route in iter_route_contexts(request.app.routes) if route.path_format == here)
    return sorted({method for route in routes for method in route.methods or ()})


def _refused(error: Refused) -> Problem:
    refusal = type(error)
    return Problem(
        status=status_of(refusal),
        code=refusal.code,
        title=title_of(refusal),
        detail=str(error),
        findings=error.findings,
        headers=_headers(error),
    )


def _headers(error: Refused) -> dict[str, str]:
    if error.kind is Kind.UNAUTHENTICATED:
        return {"WWW-Authenticate": f'Bearer realm="firstshift"{_challenge(error)}'}
    if isinstance(error, BodyTooSlow):
        return {"Connection": "close"}  # RFC 9110, 15.5.9: what is still to come is not waited for
    seconds = error.facts.get("retry_after_seconds")
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _challenge(error: Refused) -> str:
    """RFC 6750, 3: a request without a token is told the scheme only. RFC 9470, 3: how fresh a sign-in must be."""
    if isinstance(error, FreshSignInNeeded):
        return f', error="insufficient_user_authentication", max_age="{error.facts["seconds"]}"'
    return "" if error.code == "token_missing" else ', error="invalid_token"'


def _routing(error: HTTPException) -> Problem:
    """What the framework refuses by itself: there is no such route, not by this method, or it could not be read."""
    if error.status_code >= 500:
        return INTERNAL_ERROR
    if error.status_code == 404:
        return _refused(UnknownRoute())
    return _refused(MethodNotAllowed() if error.status_code == 405 else BadRequest())
