"""What runs out, the notices given of it, and which files were looked at for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.expirables.cadence import Notice
from credentialing.domain.expirables.calendar import Span
from credentialing.domain.expirables.expirable import Expirable, Touched
from credentialing.domain.requirement import Partition
from credentialing.storage.tables import expirable, expirable_notice, file, file_look
from shared.db.documents import Documents
from shared.db.within import covers, within

MOST_ROWS = 500


def _columns(value: Expirable) -> Mapping[str, object]:
    return {
        "expirable_id": value.expirable_id,
        "clinician_id": value.clinician_id,
        "code": value.code,
        "partition": value.partition.value,
        "expires_on": value.expires_on,
        "next_notice_on": value.next_notice_on,
        "is_over": value.is_over,
    }


_expirables = Documents(expirable, Expirable, _columns)
save = _expirables.save


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of them: what runs out in the span, of one clinician, assignment's clinician or code where that is said.

    `sees_all`: whether the reader is told what the confidential items are.
    """

    span: Span
    clinician_id: str | None = None
    assignment_id: str | None = None
    code: str | None = None
    sees_all: bool = True


async def of_clinician(session: AsyncSession, clinician_id: str) -> Mapping[str, Expirable]:
    """Everything known of the clinician, by id, locked for a change; whoever takes several takes them in id order."""
    found = await _expirables.where(session, expirable.c.clinician_id, value=clinician_id, lock=True)
    return {one.expirable_id: one for one in found}


async def due(session: AsyncSession, today: date, *, limit: int) -> Sequence[Expirable]:
    """Those with a step that is due, locked for a change, in id order."""
    return await _expirables.find(session, expirable.c.next_notice_on <= today, limit=limit, lock=True)


async def note(
    session: AsyncSession, expirable_id: str, *, expires_on: date, given: Sequence[Notice], on: date
) -> None:
    """Writes the steps down, each once."""
    rows = [
        {
            "expirable_id": expirable_id,
            "expires_on": expires_on,
            "days_before": one.days_before,
            "urgency": one.urgency.value,
            "due_on": one.due_on,
            "given_on": on,
        }
        for one in given
    ]
    if rows:
        await session.execute(insert(expirable_notice).values(rows).on_conflict_do_nothing())


async def running_out(session: AsyncSession, wanted: Wanted) -> Sequence[Expirable]:
    """What runs out in the span within the principal's reach, the first day first; at most 500."""
    ids = (
        select(expirable.c.expirable_id)
        .where(*_fits(session, wanted))
        .order_by(expirable.c.expires_on, expirable.c.expirable_id)
        .limit(MOST_ROWS)
    )
    found = await _expirables.find(session, expirable.c.expirable_id.in_(ids), limit=MOST_ROWS)
    return sorted(found, key=lambda one: (one.expires_on, one.expirable_id))


async def count_by_day(session: AsyncSession, wanted: Wanted) -> Mapping[date, int]:
    """How many run out on each day of the span within the principal's reach, in order; days without are left out."""
    statement = select(expirable.c.expires_on, func.count()).where(*_fits(session, wanted))
    rows = await session.execute(statement.group_by(expirable.c.expires_on).order_by(expirable.c.expires_on))
    return {row[0]: row[1] for row in rows.all()}


async def notices(session: AsyncSession, of: Collection[str]) -> Sequence[Row[Any]]:
    """The notices given of these, in the order in which they were due."""
    statement = (
        select(expirable_notice)
        .where(expirable_notice.c.expirable_id.in_(of))
        .order_by(expirable_notice.c.due_on, expirable_notice.c.expirable_id)
    )
    return (await session.execute(statement)).all()


def reached(session: AsyncSession, one: Expirable) -> tuple[Touched, ...]:
    """The assignments it touches that the principal may see."""
    row = {"clinician_id": one.clinician_id, "is_open": True}
    return tuple(
        each
        for each in one.touches
        if covers(session, {**row, "assignment_id": each.assignment_id, "facility_id": each.facility_id})
    )


async def changed_files(session: AsyncSession, *, limit: int) -> Mapping[str, str]:
    """Files that changed since they were looked at, with their clinicians; at most `limit`, in id order."""
    statement = (
        select(file.c.file_id, file.c.clinician_id)
        .outerjoin(file_look, file_look.c.file_id == file.c.file_id)
        .where(or_(file_look.c.version.is_(None), file_look.c.version < file.c.version))
        .order_by(file.c.file_id)
        .limit(limit)
    )
    return {row.file_id: row.clinician_id for row in (await session.execute(statement)).all()}


async def looked_at(session: AsyncSession, file_id: str, *, version: int) -> None:
    """The file was looked at as of this version."""
    fresh = insert(file_look).values(file_id=file_id, version=version)
    newer = fresh.on_conflict_do_update(index_elements=["file_id"], set_={"version": version})
    await session.execute(newer)


async def read_anew(session: AsyncSession, clinician_id: str) -> None:
    """The clinician's files are looked at again, though none of them changed."""
    theirs = select(file.c.file_id).where(file.c.clinician_id == clinician_id)
    await session.execute(delete(file_look).where(file_look.c.file_id.in_(theirs)))


def _fits(session: AsyncSession, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    """An expirable is reached through any file of its clinician that is."""
    files = within(session, select(file.c.clinician_id))
    if wanted.assignment_id is not None:
        files = files.where(file.c.assignment_id == wanted.assignment_id)
    fits = [
        ~expirable.c.is_over,
        and_(expirable.c.expires_on >= wanted.span.first, expirable.c.expires_on <= wanted.span.last),
        expirable.c.clinician_id.in_(files),
    ]
    if wanted.clinician_id is not None:
        fits.append(expirable.c.clinician_id == wanted.clinician_id)
    if wanted.code is not None:
        fits.append(expirable.c.code == wanted.code)
        if not wanted.sees_all:  # asking by code would tell what the items without a name are
            fits.append(expirable.c.partition == Partition.PERSONNEL.value)
    return fits
