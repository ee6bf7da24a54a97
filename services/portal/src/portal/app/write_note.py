"""Somebody writes a note."""

from dataclasses import dataclass

from portal.domain.errors import NoteInvalid
from portal.domain.note import About, Note, written
from portal.storage import names, notes
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """A note as a form sends it: what it is about, and its text with `@` before whom it mentions."""

    about: About
    about_id: str
    text: str


async def write_note(work: Work, command: WriteNote) -> Note:
    """The note, which stays as it is; whom it mentions finds it. Raises NotFound, and NoteInvalid with every fault."""
    subject = await notes.subject_of(work, command.about, about_id=command.about_id)
    people = await names.people(work.session)
    said = written(command.text, [notes.colleague(one) for one in people])
    if said.findings:
        raise NoteInvalid(findings=said.findings)
    note = Note(
        note_id=work.new_id("nte"),
        subject=subject,
        author_id=work.principal.subject,
        at=work.now,
        text=said.text,
        mentions=said.mentions,
    )
    saved = await notes.save(work.session, note)
    await notes.mentioned(work.session, saved)
    work.audit("notes.write", object_id=saved.note_id, details={"about": command.about.value, "id": command.about_id})
    return saved
