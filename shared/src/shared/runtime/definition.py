"""What a service is made of: the whole of what its `main.py` says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.middleware import Middleware

from shared.guard.limits import LargeBody
from shared.http.problems import OnError, handle
from shared.messaging.handlers import Handlers
from shared.runtime.jobs import Jobs
from shared.runtime.settings import ServiceSettings


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service: its name, settings, doors and policy."""

    name: str
    version: str
    settings: ServiceSettings
    handlers: Handlers
    routers: tuple[APIRouter, ...]
    policy: Mapping[str, frozenset[str]]
    jobs: Jobs = field(default_factory=Jobs)
    resources: Mapping[str, object] = field(default_factory=dict)
    """What routes find on `request.app.state`, such as clients of third parties."""
    middleware: tuple[Middleware, ...] = ()
    """What stands between the envelope and the routes, the outermost first; pages have some, APIs none."""
    on_error: OnError = handle
    """What a refusal looks like; a problem in JSON unless a service shows pages."""
    large_bodies: tuple[LargeBody, ...] = ()
    """The routes that take files, and how large these may be."""
