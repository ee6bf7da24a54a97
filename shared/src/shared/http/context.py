"""What is known about the request being answered, from its first byte to its access log line."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Scope

from shared.guard.quotas import Allowance
from shared.http.trace_context import continued
from shared.ids import new_uuid
from shared.principal import Principal
from shared.reach import Reach

_SANE_ID = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9._-]{1,64}")
"""It is logged and audited, so it has a letter: digits alone may be a number by which a person is known."""

_KEY = "firstshift"


@dataclass(slots=True, kw_only=True)
class RequestContext:
    """Ids of one request, who asks for what and why, the problem answered and the quota left, as far as is known."""

    request_id: str
    traceparent: str
    authorization: str | None = None
    principal: Principal | None = None
    action: str | None = None
    reach: Reach | None = None
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    reason: str | None = None
    problem: str | None = None
    allowance: Allowance | None = None


current_request: ContextVar[RequestContext | None] = ContextVar("current_request", default=None)
"""The request that this task works for; the outbound clients read it."""


def open_context(scope: Scope) -> RequestContext:
    """Takes the caller's request id when it is sane and its trace when it is valid; makes them otherwise."""
    headers = Headers(scope=scope)
    offered = headers.get("x-request-id", "")
    context = RequestContext(
        request_id=offered if _SANE_ID.fullmatch(offered) else str(new_uuid()),
        traceparent=continued(headers.get("traceparent")),
        authorization=headers.get("authorization"),
    )
    scope[_KEY] = context
    return context


def context_of(scope: Scope) -> RequestContext:
    """The context that the envelope opened for this request."""
    context: RequestContext = scope[_KEY]
    return context


def matched_route(scope: Scope) -> Any:
    """The route that serves this request, as FastAPI sees it after prefixes; None when there is none."""
    return scope.get("fastapi", {}).get("effective_route_context") or scope.get("route")


def route_template(scope: Scope) -> str:
    """The path of the matched route with its parameters' names, such as `/v1/assignments/{id}`; never a value."""
    return getattr(matched_route(scope), "path_format", "unmatched")
