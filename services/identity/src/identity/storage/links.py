"""Links for people without an account."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.link import Link
from identity.storage.tables.access import link
from shared.db.documents import Documents


def _columns(value: Link) -> Mapping[str, object]:
    return {
        "link_id": value.link_id,
        "digest": value.digest,
        "clinician_id": value.clinician_id,
        "facility_id": value.facility_id,
        "expires_at": value.expires_at,
    }


_links = Documents(link, Link, _columns)
save, to_read, to_change = _links.save, _links.to_read, _links.to_change
BY_EXPIRY = (link.c.expires_at, link.c.link_id)


async def to_use(session: AsyncSession, digest: str) -> Link | None:
    """The link whose token has this digest, locked for a change."""
    return await _links.one(session, link.c.digest, value=digest, lock=True)


async def unexpired_of_clinician(session: AsyncSession, clinician_id: str, *, now: datetime) -> Sequence[Link]:
    """The clinician's links that have not expired, locked for a change, in id order."""
    return await _links.find(session, link.c.clinician_id == clinician_id, link.c.expires_at > now, lock=True)


def listed(*, clinician_id: str | None, facility_id: str | None) -> Select[Any]:
    """The links that fit, as rows of a list."""
    wanted = {"clinician_id": clinician_id, "facility_id": facility_id}
    return select(link).filter_by(**{name: value for name, value in wanted.items() if value is not None})


def value(version: int, body: str) -> Link:
    """The link of a row of a list."""
    return _links.value(version, body)
