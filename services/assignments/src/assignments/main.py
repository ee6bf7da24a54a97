"""Assignments, put together."""

from assignments.api.auth import POLICY
from assignments.api.routes import assignments, course, directory, terms
from assignments.clients import HttpPreviews, Previews
from assignments.consumers import handlers
from assignments.jobs import jobs
from assignments.settings import Settings
from shared.contracts.catalogue import DEPARTMENTS
from shared.runtime.definition import Service


def service(settings: Settings | None = None, *, previews: Previews | None = None) -> Service:
    """The whole service, as these settings or its environment say; `previews` in place of the four departments."""
    settings = settings or Settings()
    return Service(
        name="assignments",
        version="0.1.0",
        settings=settings,
        handlers=handlers,
        jobs=jobs,
        routers=(directory.router, assignments.router, course.router, terms.router),
        policy=POLICY,
        resources={"previews": previews or HttpPreviews(_preview_urls(settings))},
    )


def _preview_urls(settings: Settings) -> dict[str, str | None]:
    return {department: getattr(settings, f"preview_url_{department}") for department in DEPARTMENTS}
