"""Housing, put together."""

from housing.api.auth import POLICY
from housing.api.routes import previews, router
from housing.consumers import handlers
from housing.jobs import jobs
from housing.settings import Settings
from shared.runtime.definition import Service


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    return Service(
        name="housing",
        version="0.1.0",
        settings=settings or Settings(),
        handlers=handlers,
        jobs=jobs,
        routers=(router, previews),
        policy=POLICY,
    )
