"""Payroll, put together."""

from payroll.api.auth import POLICY
from payroll.api.routes import previews, router
from payroll.consumers import handlers
from payroll.jobs import jobs
from payroll.settings import Settings
from shared.runtime.definition import Service


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    return Service(
        name="payroll",
        version="0.1.0",
        settings=settings or Settings(),
        handlers=handlers,
        jobs=jobs,
        routers=(router, previews),
        policy=POLICY,
    )
