"""Who was screened against what, and who is still to be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, distinct, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.file import File
from credentialing.domain.screening.record import Screening
from credentialing.domain.screening.release import Release
from credentialing.storage.tables import file, other_name, screened_file, screening
from shared.contracts.assignments import ClinicianChanged
from shared.contracts.catalogue import state_topic_of
from shared.db.documents import Documents
from shared.db.tables import replica
from shared.vault.kinds import BIRTH_DATE
from shared.vault.tables import erasure, private_value

DAYS_BEFORE_START = (31, 3)
"""Days before a start on which people are screened again: within the first a look-up counts for it."""
_CLINICIANS = state_topic_of(ClinicianChanged).name


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a release is: active people, and those of them who were screened against it."""

    active: int
    screened: int


def _columns(value: Screening) -> Mapping[str, object]:
    return {
        "screening_id": value.screening_id,
        "clinician_id": value.clinician_id,
        "list_name": value.list_name,
        "release_id": value.release_id,
        "outcome": value.outcome.value,
        "screened_at": value.screened_at,
    }


_screenings = Documents(screening, Screening, _columns)
save = _screenings.save


async def of_clinician(session: AsyncSession, clinician_id: str, *, limit: int) -> Sequence[Screening]:
    """The clinician's screenings, the latest first."""
    columns = screening.c
    statement = select(columns.version, columns.body).where(columns.clinician_id == clinician_id)
    rows = (await session.execute(statement.order_by(columns.screening_id.desc()).limit(limit))).all()
    return [_screenings.value(row.version, row.body) for row in rows]


async def due(session: AsyncSession, release: Release, *, today: date, limit: int) -> Mapping[str, str]:
    """Clinicians to be screened against the release, those who start first first, with the version of who they are.

    Due is whoever has an open file that was not screened for its present start, by the present name, birth date and
    other names, against this release; and who starts soon and was last screened longer before. Whose directory entry
    has not arrived is not due yet.
    """
    version = _person_version()
    statement = (
        select(file.c.clinician_id, func.min(version).label("version"))
        .select_from(_joined(release))
        .where(file.c.is_open, replica.c.version.is_not(None), ~_is_erased())
        .where(_is_stale(release, version) | _starts_soon(today))
        .group_by(file.c.clinician_id)
        .order_by(func.min(file.c.start_date), file.c.clinician_id)
        .limit(limit)
    )
    return {row.clinician_id: row.version for row in (await session.execute(statement)).all()}


async def open_assignments(session: AsyncSession, clinician_ids: Collection[str]) -> Sequence[str]:
    """The assignments of these people's open files."""
    wanted = select(file.c.assignment_id).where(file.c.is_open, file.c.clinician_id.in_(clinician_ids))
    return list(await session.scalars(wanted.order_by(file.c.assignment_id)))


async def note_files(session: AsyncSession, done: Screening, *, files: Sequence[File], person_version: str) -> None:
    """Notes that these files of the person were screened, for the start that they have now."""
    if not files:
        return
    rows = [
        {
            "file_id": one.file_id,
            "list_name": done.list_name,
            "start_date": one.terms.start_date,
            "release_id": done.release_id,
            "person_version": person_version,
            "screened_on": done.screened_at.date(),
            "screening_id": done.screening_id,
        }
        for one in files
    ]
    statement = insert(screened_file).values(rows)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in ("file_id", "list_name")}
    await session.execute(statement.on_conflict_do_update(index_elements=["file_id", "list_name"], set_=changed))


async def progress(session: AsyncSession, release: Release) -> Progress:
    """How many people with an open file there are, and how many of them were screened against the release."""
    is_left = case((_is_stale(release, _person_version()), file.c.clinician_id))
    statement = select(func.count(distinct(file.c.clinician_id)).label("active"), func.count(distinct(is_left)))
    active, left = (await session.execute(statement.select_from(_joined(release)).where(file.c.is_open))).one()
    return Progress(active=active, screened=active - left)


def unscreened(release: Release) -> Select[Any]:
    """The open files whose person was not screened against the release, as rows of a page."""
    statement = select(file.c.file_id, file.c.assignment_id, file.c.clinician_id, file.c.facility_id, file.c.start_date)
    is_stale = _is_stale(release, _person_version())
    return statement.select_from(_joined(release)).where(file.c.is_open, is_stale)


BY_START = (file.c.start_date, file.c.file_id)


def _joined(release: Release) -> Any:
    return (
        file.outerjoin(replica, and_(replica.c.topic == literal(_CLINICIANS), replica.c.key == file.c.clinician_id))
        .outerjoin(
            private_value,
            and_(private_value.c.subject == file.c.clinician_id, private_value.c.kind == literal(BIRTH_DATE.name)),
        )
        .outerjoin(
            screened_file,
            and_(screened_file.c.file_id == file.c.file_id, screened_file.c.list_name == literal(release.list_name)),
        )
    )


def _person_version() -> ColumnElement[str]:
    """Changes whenever the name, the birth date or the other names of the person do."""
    names = select(func.count()).where(other_name.c.clinician_id == file.c.clinician_id).scalar_subquery()
    return func.concat_ws(".", func.coalesce(replica.c.version, 0), func.coalesce(private_value.c.version, 0), names)


def _starts_soon(today: date) -> ColumnElement[bool]:
    """Whether the start came nearer than it was at the last screening: a look-up is good for so long, then the last."""
    start, done = file.c.start_date, screened_file.c.screened_on
    is_near = [(start - days <= today) & (done < start - days) for days in DAYS_BEFORE_START]
    return (start >= today) & or_(*is_near)


def _is_erased() -> ColumnElement[bool]:
    """Whether the person's keys were destroyed: nothing can be compared any more."""
    return exists().where(erasure.c.subject == file.c.clinician_id, erasure.c.done_at.is_not(None))


def _is_stale(release: Release, version: ColumnElement[str]) -> ColumnElement[bool]:
    columns = screened_file.c
    return or_(
        columns.file_id.is_(None),
        columns.release_id != release.release_id,
        columns.start_date != file.c.start_date,
        columns.person_version != version,
    )
