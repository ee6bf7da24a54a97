"""Who may do what: a table of actions and roles per service, and the mark on each route that names its action.

How far a role reaches, and what it is shown, is in `shared.roles`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any

import structlog
from fastapi import Depends, FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.requests import Request
from starlette.routing import Route

from shared.access.errors import Forbidden
from shared.clock import SystemClock
from shared.http.context import context_of
from shared.principal import Principal
from shared.reach import Reach, reach_by

log = structlog.get_logger()
_REAL = SystemClock()

Policy = Mapping[str, frozenset[str]]
"""Action, such as `assignments.accept`, → the roles that may take it."""


@dataclass(frozen=True)
class Allowed:
    """Lets a request in whose principal reaches anything with the action, and notes how far that is.

    `besides`: actions that decide how much of the answer is shown; how far each reaches is noted, too.
    """

    action: str
    besides: tuple[str, ...] = ()

    async def __call__(self, request: Request) -> Principal:
        context = context_of(request.scope)
        wiring = request.app.state.wiring
        context.principal = await wiring.verifier.principal(context.authorization)
        context.principal = await wiring.withdrawals.present(context.principal)
        context.allowance = wiring.quotas.known(context.principal)
        if context.allowance:
            context.allowance.require()
        context.action = self.action
        structlog.contextvars.bind_contextvars(actor=context.principal.subject)
        context.reaches = {action: _reach(request, action) for action in (self.action, *self.besides)}
        context.reach = context.reaches[self.action]
        if context.reach.is_empty:
            log.warning("access.denied", action=self.action)
            raise Forbidden
        return context.principal


@dataclass(frozen=True)
class Public:
    """Lets everyone in; says why."""

    because: str

    async def __call__(self) -> None:
        return None


def allow(action: str, *, besides: tuple[str, ...] = ()) -> Any:
    """The dependency of a route that only the roles of this action may use; it gives the Principal.

    `besides`: what else the route asks about, by `Door.reaches`.
    """
    return Depends(Allowed(action, besides))


def public(because: str) -> Any:
    """The dependency of a route that needs no token."""
    return Depends(Public(because))


def marks_of(app: FastAPI) -> Mapping[str, Allowed | Public]:
    """What lets somebody in at each route, as `METHOD path`; a route without a policy is left out."""
    return {
        f"{method} {route.path}": mark
        for route in iter_route_contexts(app.routes)
        for mark in _marks(route)
        for method in sorted(route.methods or ())
    }


def routes_without_policy(app: FastAPI) -> list[str]:
    """The routes, as `METHOD path`, that name neither one action of the policy nor a reason to be public."""
    document = app.openapi_url
    return sorted(
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        if isinstance(route.original_route, Route) and route.path != document and not _has_policy(app, route)
        for method in sorted(route.methods or ())
    )


def unused_actions(app: FastAPI) -> list[str]:
    """The actions of the policy that no route names."""
    marks = (mark for route in iter_route_contexts(app.routes) for mark in _marks(route))
    used = {action for mark in marks if isinstance(mark, Allowed) for action in (mark.action, *mark.besides)}
    return sorted(set(app.state.wiring.policy) - used)


def calls_in_threads(app: FastAPI) -> list[str]:
    """What FastAPI would give a thread, as `METHOD path name`: routes and dependencies that are no coroutines.

    A thread costs each request more than most dependencies do, and all of them wait in one queue for it.
    """
    return sorted(
        f"{method} {route.path} {getattr(call, '__name__', call)}"
        for route in iter_route_contexts(app.routes)
        for call in _calls(getattr(route, "dependant", None))
        if not iscoroutinefunction(call) and not iscoroutinefunction(type(call).__call__)
        for method in sorted(route.methods or ())
    )


def _calls(dependant: Any) -> Iterator[Any]:
    if dependant is not None:
        yield dependant.call
        for dependency in dependant.dependencies:
            yield from _calls(dependency)


def _reach(request: Request, action: str) -> Reach:
    principal = context_of(request.scope).principal
    assert principal
    return reach_by(
        principal,
        action,
        allowed=request.app.state.wiring.policy[action],
        now=_REAL.now(),
        named_assignment=request.query_params.get("assignment_id"),
    )


def _has_policy(app: FastAPI, route: RouteContext) -> bool:
    marks = list(_marks(route))
    if len(marks) != 1:
        return False
    mark = marks[0]
    return isinstance(mark, Public) or {mark.action, *mark.besides} <= app.state.wiring.policy.keys()


def _marks(route: RouteContext) -> Iterator[Allowed | Public]:
    dependant = getattr(route, "dependant", None)
    for dependency in getattr(dependant, "dependencies", ()):
        if isinstance(dependency.call, Allowed | Public):
            yield dependency.call
