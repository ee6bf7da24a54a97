"""Migrates the database that a service's settings name, by the role that owns its tables where there is one."""

from sqlalchemy import make_url

from shared.db.migrate import migrate
from shared.runtime.settings import ServiceSettings


def migrate_as_set(service: str, settings: ServiceSettings) -> None:
    """Brings the database up to date; with an owner of its own, the service's role gets rights on rows alone."""
    owner = settings.migration_database_url
    role = make_url(settings.database_url).username if owner else None
    migrate(owner or settings.database_url, service, role=role)
