"""Timekeeping, put together."""

from shared.runtime.definition import Service
from timekeeping.api.auth import POLICY
from timekeeping.api.routes import previews, router
from timekeeping.consumers import handlers
from timekeeping.jobs import jobs
from timekeeping.settings import Settings


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    return Service(
        name="timekeeping",
        version="0.1.0",
        settings=settings or Settings(),
        handlers=handlers,
        jobs=jobs,
        routers=(router, previews),
        policy=POLICY,
    )
