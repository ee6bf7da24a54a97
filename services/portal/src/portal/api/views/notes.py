"""Notes and mentions as they are shown; what people typed is text and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from portal.api.pages.asked import address
from portal.api.views import written
from portal.api.views.item_words import owner_name
from portal.app.queries.notes import Mentions, NotesOf
from portal.domain.note import About, Note, Part, shown

_HREFS: Final[Mapping[About, str]] = {
    About.ASSIGNMENT: "/assignments",
    About.CLINICIAN: "/clinicians",
    About.FACILITY: "/facilities",
    About.WORK_ITEM: "/work",
}
_WORDS: Final[Mapping[About, str]] = {
    About.ASSIGNMENT: "an assignment",
    About.CLINICIAN: "a clinician",
    About.FACILITY: "a facility",
    About.WORK_ITEM: "a work item",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One note; `parts` is empty when its words were erased."""

    id: str
    author: str
    is_mine: bool
    at: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesView:
    """The block of notes about one thing, with its form; `back` is that thing's page."""

    about: str
    about_id: str
    here: str
    back: str
    notes: tuple[NoteView, ...]
    zone: ZoneInfo
    key: str
    text: str = ""
    error: str | None = None
    may_write: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionView:
    """A note that mentions the reader, and the page that it stands on."""

    note: NoteView
    about: str
    href: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionsView:
    """Everything that mentions the reader."""

    mentions: tuple[MentionView, ...]
    new: int
    zone: ZoneInfo
    key: str


def notes_view(
    found: NotesOf, *, me: str, key: str, text: str = "", error: str | None = None, may_write: bool = True
) -> NotesView:
    """The block, with what was typed and what is wrong with it."""
    subject = found.subject
    return NotesView(
        about=subject.about.value,
        about_id=subject.about_id,
        here=address("/notes", about=subject.about.value, id=subject.about_id),
        back=_page(subject.about, subject.about_id),
        notes=tuple(_note(one, found.names, me) for one in found.notes),
        zone=ZoneInfo(found.time_zone),
        key=key,
        text=text,
        error=error,
        may_write=may_write,
    )


def mentions_view(found: Mentions, *, me: str, key: str) -> MentionsView:
    """The list, unseen ones first."""
    mentions = tuple(
        MentionView(
            note=_note(one.note, found.names, me),
            about=_about(one.note, found.names),
            href=_page(one.note.subject.about, one.note.subject.about_id),
            is_new=one.seen_at is None,
        )
        for one in found.mentions
    )
    return MentionsView(
        mentions=mentions,
        new=sum(one.is_new for one in mentions),
        zone=ZoneInfo(found.time_zone),
        key=key,
    )


def _note(note: Note, names: Mapping[str, str], me: str) -> NoteView:
    return NoteView(
        id=note.note_id,
        author=owner_name(names, note.author_id),
        is_mine=note.author_id == me,
        at=note.at,
        parts=shown(note, names),
    )


def _about(note: Note, names: Mapping[str, str]) -> str:
    subject = note.subject
    who = written.clinician(names, subject.clinician_id) if subject.clinician_id else ""
    where = written.place(names, subject.facility_id) if subject.facility_id else ""
    named = ", ".join(one for one in (who, where) if one)
    return f"{_WORDS[subject.about]} ({named})" if named else _WORDS[subject.about]


def _page(about: About, about_id: str) -> str:
    return f"{_HREFS[about]}/{about_id}"
