"""Releases of exclusion lists."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.screening.lists import SCREENED, decides
from credentialing.domain.screening.release import Difference, Release
from credentialing.storage.in_force import in_force
from credentialing.storage.tables import exclusion_change, exclusion_release
from shared.db.documents import Documents
from shared.db.locks import hold

LOCK_CLASS = 0xE8C1  # any number, the same in every process


def _columns(value: Release) -> Mapping[str, object]:
    return {
        "release_id": value.release_id,
        "list_name": value.list_name,
        "posted_on": value.posted_on,
        "sha256": value.sha256,
    }


_releases = Documents(exclusion_release, Release, _columns, noun="release")
save, to_read = _releases.save, _releases.to_read


async def hold_list(session: AsyncSession, list_name: str) -> None:
    """Lets one transaction at a time take in a release of this list."""
    await hold(session, LOCK_CLASS, names=[list_name])


async def with_hash(session: AsyncSession, list_name: str, *, sha256: str) -> Release | None:
    """The release that was made of this very file."""
    return await _releases.matching(session, list_name=list_name, sha256=sha256)


async def newest(session: AsyncSession, list_name: str) -> Release | None:
    """The release in use: posted last, and taken in last where two were posted on one day."""
    columns = exclusion_release.c
    order = (columns.posted_on.desc(), columns.release_id.desc())
    statement = select(columns.version, columns.body).where(columns.list_name == list_name).order_by(*order).limit(1)
    row = (await session.execute(statement)).first()
    return _releases.value(row.version, row.body) if row else None


async def newest_of_each(session: AsyncSession) -> Sequence[Release]:
    """The release in use of each list, by the name of the list."""
    columns = exclusion_release.c
    order = (columns.list_name, columns.posted_on.desc(), columns.release_id.desc())
    statement = select(columns.version, columns.body).ext(distinct_on(columns.list_name)).order_by(*order)
    return [_releases.value(row.version, row.body) for row in (await session.execute(statement)).all()]


async def lists_in_use(session: AsyncSession) -> Sequence[str]:
    """The names of the lists of which a release was taken in, asked for once in a transaction."""
    return (await in_force(session)).lists


async def is_screened(session: AsyncSession, code: str, *, subject: str) -> bool:
    """Whether a list that is loaded answers for the requirement: then screening alone decides it."""
    loaded = await lists_in_use(session) if code in SCREENED else ()
    return any(decides(name, code, subject=subject) for name in loaded)


def listed(list_name: str) -> Select[Any]:
    """The releases of a list, as rows of a page."""
    columns = exclusion_release.c
    chosen = (columns.release_id, columns.list_name, columns.posted_on, columns.version, columns.body)
    return select(*chosen).where(columns.list_name == list_name)


BY_POSTING = (exclusion_release.c.posted_on, exclusion_release.c.release_id)


def of_row(row: Any) -> Release:
    """The release of a selected row."""
    return _releases.value(row.version, row.body)


_COMPARED = text("""
    WITH new AS (SELECT line, fingerprint, identity FROM exclusion_row WHERE release_id = :release),
    old AS (SELECT line, fingerprint, identity FROM exclusion_row WHERE release_id = :previous),
    came AS (SELECT * FROM new WHERE NOT EXISTS (SELECT FROM old WHERE old.fingerprint = new.fingerprint)),
    went AS (SELECT * FROM old WHERE NOT EXISTS (SELECT FROM new WHERE new.fingerprint = old.fingerprint)),
    came_numbered AS (SELECT *, row_number() OVER (PARTITION BY identity ORDER BY line) AS n FROM came),
    went_numbered AS (SELECT *, row_number() OVER (PARTITION BY identity ORDER BY line) AS n FROM went)
    INSERT INTO exclusion_change (release_id, number, change, line, previous_line)
    SELECT CAST(:release AS text), row_number() OVER (ORDER BY came_numbered.line, went_numbered.line),
        CASE WHEN went_numbered.line IS NULL THEN 'added' WHEN came_numbered.line IS NULL THEN 'removed'
            ELSE 'changed' END,
        came_numbered.line, went_numbered.line
    FROM came_numbered FULL JOIN went_numbered USING (identity, n)
""")


async def compare(session: AsyncSession, release_id: str, *, previous_id: str | None) -> Difference:
    """Writes how the release differs from the one before, row by row, and counts it; a first one differs in nothing.

    Rows about the same person or business that are not the same row were changed.
    """
    if previous_id is None:
        return Difference()
    await session.execute(_COMPARED, {"release": release_id, "previous": previous_id})
    columns = exclusion_change.c
    counted = (
        select(columns.change, func.count().label("rows"))
        .where(columns.release_id == release_id)
        .group_by(columns.change)
    )
    counts = {row.change: row.rows for row in (await session.execute(counted)).all()}
    return Difference(**counts)


def changes(release_id: str) -> Select[Any]:
    """How a release differs from the one before, as rows of a page."""
    columns = exclusion_change.c
    chosen = (columns.number, columns.change, columns.line, columns.previous_line)
    return select(*chosen).where(columns.release_id == release_id)


BY_NUMBER = (exclusion_change.c.number,)
