"""Notes and whom they mention. A note is reached through what it is about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.note import About, Colleague, Note, Subject
from portal.storage import assignments, directory, work_items
from portal.storage.tables import mention, note
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.contracts.identity import PersonChanged
from shared.db.documents import Documents
from shared.db.within import within
from shared.db.work import Work
from shared.errors import NotFound

MOST_NOTES = 100
MOST_MENTIONS = 100
_REACHED = (note.c.assignment_id, note.c.facility_id, note.c.clinician_id, note.c.source)


def _columns(value: Note) -> dict[str, object]:
    subject = value.subject
    return {
        "note_id": value.note_id,
        "about": subject.about.value,
        "about_id": subject.about_id,
        "assignment_id": subject.assignment_id,
        "facility_id": subject.facility_id,
        "clinician_id": subject.clinician_id,
        "source": subject.source,
        "author_id": value.author_id,
        "at": value.at,
    }


_notes = Documents(note, Note, _columns)
save = _notes.save


def colleague(person: PersonChanged) -> Colleague:
    """Somebody with an account, as notes mention them."""
    return Colleague(person_id=person.person_id, name=person.name, email=person.email)


async def subject_of(work: Work, about: About, *, about_id: str) -> Subject:
    """What a note is about, within reach. Raises NotFound."""
    reached = {
        About.ASSIGNMENT: _assignment,
        About.CLINICIAN: _clinician,
        About.FACILITY: _facility,
        About.WORK_ITEM: _work_item,
    }
    return await reached[about](work, about_id)


async def about_subject(session: AsyncSession, subject: Subject) -> Sequence[Note]:
    """The newest notes about it, the latest first; at most 100."""
    here = (note.c.about == subject.about.value, note.c.about_id == subject.about_id)
    newest = select(note.c.note_id).where(*here).order_by(note.c.at.desc(), note.c.note_id.desc()).limit(MOST_NOTES)
    found = await _notes.find(session, note.c.note_id.in_(newest), limit=MOST_NOTES)
    return sorted(found, key=lambda one: (one.at, one.note_id), reverse=True)


async def count_about(session: AsyncSession, subject: Subject) -> int:
    """How many notes there are about it."""
    here = (note.c.about == subject.about.value, note.c.about_id == subject.about_id)
    return await session.scalar(select(func.count()).select_from(note).where(*here)) or 0


async def mentioned(session: AsyncSession, written: Note) -> None:
    """Those whom the note mentions will find it."""
    rows = [{"note_id": written.note_id, "person_id": one, "at": written.at} for one in written.mentions]
    if rows:
        await session.execute(insert(mention).values(rows))


async def mentions_of(session: AsyncSession, person_id: str) -> Sequence[Row[Any]]:
    """What mentions the person and is within reach: a note's columns and `seen_at`; unseen ones first, then newest."""
    columns = (note.c.note_id, note.c.about, note.c.about_id, note.c.author_id, note.c.at, note.c.body, note.c.version)
    joined = note.join(mention, mention.c.note_id == note.c.note_id)
    query = select(*columns, mention.c.seen_at, *_REACHED).select_from(joined).where(mention.c.person_id == person_id)
    reached = within(session, query).order_by(mention.c.seen_at.is_not(None), note.c.at.desc(), note.c.note_id)
    found: Sequence[Row[Any]] = (await session.execute(reached.limit(MOST_MENTIONS))).all()
    return found


async def seen(session: AsyncSession, person_id: str, *, note_id: str | None, now: datetime) -> None:
    """The person has read where this note mentions them, or all of them."""
    theirs = [mention.c.person_id == person_id, mention.c.seen_at.is_(None)]
    if note_id:
        theirs.append(mention.c.note_id == note_id)
    await session.execute(update(mention).where(*theirs).values(seen_at=now))


def value(row: Row[Any]) -> Note:
    """The note of a row."""
    return _notes.value(row.version, row.body)


async def _assignment(work: Work, about_id: str) -> Subject:
    found = await assignments.to_read(work.session, about_id)
    return Subject(
        about=About.ASSIGNMENT,
        about_id=about_id,
        assignment_id=about_id,
        facility_id=found.facility_id,
        clinician_id=found.clinician_id,
        source=found.source,
    )


async def _clinician(work: Work, about_id: str) -> Subject:
    known = await work.known(ClinicianChanged, about_id)
    if known is None or not await directory.is_clinician_reached(work.session, about_id):
        raise NotFound(what="clinician", id=about_id)
    return Subject(about=About.CLINICIAN, about_id=about_id, clinician_id=about_id, source=known.source)


async def _facility(work: Work, about_id: str) -> Subject:
    known = await work.known(FacilityChanged, about_id)
    if known is None or not await directory.is_facility_reached(work.session, known):
        raise NotFound(what="facility", id=about_id)
    return Subject(about=About.FACILITY, about_id=about_id, facility_id=about_id, source=known.source)


async def _work_item(work: Work, about_id: str) -> Subject:
    found = await work_items.to_read(work.session, about_id)
    return Subject(
        about=About.WORK_ITEM,
        about_id=about_id,
        assignment_id=found.assignment_id,
        facility_id=found.facility_id,
        clinician_id=found.clinician_id,
        source=found.source,
    )
