"""Identity, put together."""

from identity.api.auth import POLICY
from identity.consumers import handlers
from identity.settings import Settings
from shared.runtime.definition import Service


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    return Service(
        name="identity",
        version="0.1.0",
        settings=settings or Settings(),
        handlers=handlers,
        routers=(),
        policy=POLICY,
    )
