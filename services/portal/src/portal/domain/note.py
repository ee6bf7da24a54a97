"""Notes on assignments, clinicians, facilities and work items; whom they mention is kept by id, never by name.

Who writes `@Ana Ruiz`, or `@` and an e-mail address, mentions that person; the text keeps `<@per_…>` in its place, so
that a changed name shows, and an erased one does not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.errors import Finding

LONGEST = 4000
MOST_MENTIONS = 20
_MENTION = re.compile(r"<@([A-Za-z0-9_:.-]{1,80})>")
_AT = re.compile(r"(?<![^\W_])(?<!<)@")
_LETTER = re.compile(r"[^\W_]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
GONE = "somebody who left"


class About(StrEnum):
    """What a note is about."""

    ASSIGNMENT = "assignment"
    CLINICIAN = "clinician"
    FACILITY = "facility"
    WORK_ITEM = "work_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The thing a note is about, and the columns by which people reach it."""

    about: About
    about_id: str
    assignment_id: str | None = None
    facility_id: str | None = None
    clinician_id: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody wrote, and whom it mentions, in the order of the text."""

    note_id: str
    subject: Subject
    author_id: str
    at: datetime
    text: str
    mentions: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who can be mentioned."""

    person_id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text as it is kept, whom it mentions, and what is wrong with it."""

    text: str
    mentions: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a note as it is shown: plain text, or somebody's name (`person_id` is theirs)."""

    text: str
    person_id: str | None = None


def written(typed: str, colleagues: Iterable[Colleague]) -> Written:
    """The text with every mention as an id; all findings at once.

    The longest name that fits is meant. Of two people of one name nobody can be meant by it: write the e-mail address.
    An `@` that fits nobody, or that stands within a word, is an `@`.
    """
    text = _FORBIDDEN.sub("", typed.replace("\r\n", "\n")).strip()
    known = _by_word(colleagues)
    kept, end = list[str](), 0
    mentions, findings = dict[str, None](), list[Finding]()
    for at in _AT.finditer(text):
        met = _met(text, at.end(), known) if at.start() >= end else None
        if met and len(met.ids) > 1:
            findings.append(_finding("two_of_that_name", "Two people have that name: write @ and the e-mail address."))
        elif met:
            kept.append(f"{text[end : at.start()]}<@{met.ids[0]}>")
            mentions[met.ids[0]] = None
            end = met.end
    kept.append(text[end:])
    whom = tuple(mentions)
    return Written(text="".join(kept), mentions=whom, findings=(*_faults(text, whom), *findings))


def called(colleagues: Sequence[Colleague]) -> tuple[tuple[str, Colleague], ...]:
    """What to write after `@` to mean each of them: the name, or the e-mail address of who shares theirs."""
    shared = Counter(one.name.strip().lower() for one in colleagues)
    return tuple((one.name if shared[one.name.strip().lower()] == 1 else one.email, one) for one in colleagues)


def shown(note: Note, names: Mapping[str, str]) -> tuple[Part, ...]:
    """The note in pieces, each mention by the name that its person has now."""
    parts: list[Part] = []
    end = 0
    for found in _MENTION.finditer(note.text):
        if found[1] in note.mentions:
            parts.append(Part(text=note.text[end : found.start()]))
            parts.append(Part(text=f"@{names.get(found[1], GONE)}", person_id=found[1]))
            end = found.end()
    parts.append(Part(text=note.text[end:]))
    return tuple(part for part in parts if part.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """Whom the words after an `@` may mean, and where those words end."""

    ids: tuple[str, ...]
    end: int


def _by_word(colleagues: Iterable[Colleague]) -> Mapping[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for one in colleagues:
        for word in {one.name.strip().lower(), one.email.strip().lower()} - {""}:
            known[word] = (*known.get(word, ()), one.person_id)
    return known


def _met(text: str, start: int, known: Mapping[str, tuple[str, ...]]) -> _Met | None:
    fitting = [word for word in known if _stands_at(text, start, word)]
    longest = max(fitting, key=len, default=None)
    return None if longest is None else _Met(ids=known[longest], end=start + len(longest))


def _stands_at(text: str, start: int, word: str) -> bool:
    end = start + len(word)
    return text[start:end].lower() == word and not _LETTER.match(text, end)


def _faults(text: str, mentions: tuple[str, ...]) -> tuple[Finding, ...]:
    findings = []
    if not text:
        findings.append(_finding("required", "Write something."))
    if len(text) > LONGEST:
        findings.append(_finding("too_long", f"At most {LONGEST:,} characters."))
    if len(mentions) > MOST_MENTIONS:
        findings.append(_finding("too_many_mentions", f"Mention at most {MOST_MENTIONS} people."))
    return tuple(findings)


def _finding(code: str, message: str) -> Finding:
    return Finding(pointer="/text", code=code, message=message)
