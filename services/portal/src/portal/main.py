"""The portal, put together."""

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from portal.api import assets
from portal.api.auth import POLICY
from portal.api.routes import design
from portal.consumers import handlers
from portal.jobs import jobs
from portal.settings import Settings
from shared.runtime.definition import Service


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    return Service(
        name="portal",
        version="0.1.0",
        settings=settings or Settings(),
        handlers=handlers,
        jobs=jobs,
        routers=(assets.router, design.router),
        policy=POLICY,
        middleware=(Middleware(GZipMiddleware, minimum_size=1024),),
    )
