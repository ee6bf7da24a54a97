"""Notes as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.domain.note import About, Colleague, Note, Subject, called
from portal.storage import names, notes, people
from shared.db.work import Work

MOST_SUGGESTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesOf:
    """The notes about one thing, newest first, the names of everybody in them, and the reader's IANA time zone."""

    subject: Subject
    notes: Sequence[Note]
    names: Mapping[str, str]
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A note that mentions somebody; `seen_at` is None until they read it."""

    note: Note
    seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What mentions one person, unseen first, with the names in it and the person's IANA time zone."""

    mentions: Sequence[Mention]
    names: Mapping[str, str]
    time_zone: str


async def notes_about(work: Work, about: About, *, about_id: str) -> NotesOf:
    """Everything that was written about it. Raises NotFound, also for what is out of reach."""
    subject = await notes.subject_of(work, about, about_id=about_id)
    found = await notes.about_subject(work.session, subject)
    return NotesOf(
        subject=subject,
        notes=found,
        names=await names.names_of(work.session, _everybody(found)),
        time_zone=await people.zone_of(work, work.principal.subject),
    )


async def mentions_of_me(work: Work) -> Mentions:
    """What mentions whoever asks."""
    rows = await notes.mentions_of(work.session, work.principal.subject)
    found = [Mention(note=notes.value(row), seen_at=row.seen_at) for row in rows]
    everybody = _everybody([one.note for one in found])
    return Mentions(
        mentions=found,
        names=await names.names_of(work.session, everybody),
        time_zone=await people.zone_of(work, work.principal.subject),
    )


async def mentionable(work: Work, typed: str) -> Sequence[tuple[str, Colleague]]:
    """Whom the words after an `@` may become, at most eight by name, each with what is written to mean them."""
    people_found = await names.people_called(work.session, typed, most=MOST_SUGGESTED + 1)
    return called([notes.colleague(one) for one in people_found])[:MOST_SUGGESTED]


def _everybody(found: Sequence[Note]) -> set[str]:
    """Authors, those mentioned, and the clinicians and facilities that the notes are about."""
    people_in = {one.author_id for one in found}.union(*(one.mentions for one in found))
    about = {key for one in found for key in (one.subject.clinician_id, one.subject.facility_id) if key}
    return people_in | about
