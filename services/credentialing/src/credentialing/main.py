"""Credentialing, put together."""

from credentialing.api.auth import POLICY
from credentialing.api.routes import previews, router
from credentialing.consumers import handlers
from credentialing.jobs import jobs
from credentialing.settings import Settings
from shared.runtime.definition import Service


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    return Service(
        name="credentialing",
        version="0.1.0",
        settings=settings or Settings(),
        handlers=handlers,
        jobs=jobs,
        routers=(router, previews),
        policy=POLICY,
    )
