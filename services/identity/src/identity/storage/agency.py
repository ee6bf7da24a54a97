"""The agency's settings."""

from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.agency_settings import DEFAULTS, THE_AGENCY, AgencySettings
from identity.storage.tables.agency import agency_settings
from shared.db import locks
from shared.db.documents import Documents
from shared.db.versions import require_version

LOCK_CLASS = 0x5E77  # any number, the same in every process of identity

_settings = Documents(agency_settings, AgencySettings, lambda settings: {"settings_id": settings.settings_id})
save = _settings.save


async def to_read(session: AsyncSession) -> AgencySettings:
    """The settings as they are; the defaults, as version 0, before anybody changed them."""
    return await _settings.one(session, agency_settings.c.settings_id, value=THE_AGENCY) or DEFAULTS


async def to_change(session: AsyncSession, *, expected_version: int) -> AgencySettings:
    """The same, while nobody else changes them: a row that is not there yet cannot be locked.

    Raises VersionMismatch.
    """
    await locks.hold(session, LOCK_CLASS, names=[THE_AGENCY])
    found = await to_read(session)
    require_version(found.version, expected_version)
    return found
