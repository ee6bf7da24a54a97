"""The dated versions of each assignment's terms; nothing is overwritten."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from portal.storage.projected import Projected
from portal.storage.tables import terms
from shared.contracts.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version: when it holds from, why it came and by whom, and what differs from the one before.

    `why` is None for the offer itself.
    """

    assignment_id: str
    terms_version: int
    effective_on: date
    actor: str
    at: datetime
    body: Terms
    why: str | None = None
    changed: tuple[str, ...] = ()


_versions = Projected(terms, Version, as_json={"body": Terms, "changed": tuple[str, ...]})


async def load(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Reads at once which versions are there."""
    await _versions.load(session, terms.c.assignment_id, values=assignment_ids, lock=False)


async def of_assignment(session: AsyncSession, assignment_id: str) -> tuple[Version, ...]:
    """The versions of an assignment's terms, the oldest first."""
    return await _versions.where(session, terms.c.assignment_id, value=assignment_id, lock=False)


async def add(session: AsyncSession, version: Version) -> None:
    """Keeps a version; one that comes again (its publisher was restored from a backup) replaces itself."""
    await of_assignment(session, version.assignment_id)
    _versions.save(session, version)
