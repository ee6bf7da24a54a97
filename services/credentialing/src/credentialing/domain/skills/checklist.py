"""A checklist: what a clinician says they can do, how often they do it, and what a second person thinks of that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from credentialing.domain.skills.errors import (
    ChecklistIncomplete,
    ChecklistOver,
    NothingToReview,
    ReviewerFilledIt,
)
from credentialing.domain.skills.form import Form
from shared.errors import Finding

CODE = "COMP-SKILLS"
PROFICIENT = 3
"""From here a skill counts: 1 never done, 2 needs help, 3 does it alone, 4 could teach it."""


class Frequency(StrEnum):
    """How often it was done in the last year."""

    NEVER = "never"
    YEARLY = "yearly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"


class State(StrEnum):
    """How far a checklist is."""

    DRAFT = "draft"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What somebody says of one skill of theirs: from 1 to 4, and how often."""

    skill_id: str
    rating: int
    frequency: Frequency


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One clinician's answers to one edition of a form, for a unit as it was ordered.

    `filled_by` is everybody who saved ratings or signed it; `credential_id` the claim that signing made.
    """

    checklist_id: str
    clinician_id: str
    unit: str
    form: str
    edition: int
    begun_on: date
    filled_by: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()
    state: State = State.DRAFT
    signed_on: date | None = None
    credential_id: str | None = None
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    note: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Of a section or the whole: how many skills there are, how many count; and the ids of those that do not."""

    name: str
    skills: int
    proficient: int
    gaps: tuple[str, ...]

    @property
    def per_mille(self) -> int:
        """The share that counts, rounded down."""
        return self.proficient * 1000 // self.skills


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The whole, and each section in the form's order."""

    whole: Share
    sections: tuple[Share, ...]


def score(form: Form, ratings: Sequence[Rating]) -> Score:
    """What the ratings come to; a skill that is not rated is a gap."""
    rated = {one.skill_id: one.rating for one in ratings}
    sections = tuple(_share(part.name, [one.skill_id for one in part.skills], rated) for part in form.sections)
    return Score(whole=_share(form.title, [one.skill_id for one in form.skills], rated), sections=sections)


def rating_faults(form: Form, ratings: Sequence[Rating]) -> tuple[Finding, ...]:
    """Everything wrong with ratings: skills that the form has not, or has twice, and a skill done without frequency."""
    return tuple(_faults({one.skill_id for one in form.skills}, ratings))


def fill(checklist: Checklist, ratings: Sequence[Rating], *, by: str) -> Checklist:
    """The draft with these ratings instead of those before. Raises ChecklistOver."""
    _require_draft(checklist)
    return replace(checklist, ratings=tuple(ratings), filled_by=_with(checklist, by))


def sign(checklist: Checklist, form: Form, *, by: str, on: date, credential_id: str) -> Checklist:
    """The checklist after the clinician stood by it, every skill rated.

    Raises ChecklistOver and ChecklistIncomplete.
    """
    _require_draft(checklist)
    missing = len({one.skill_id for one in form.skills} - {one.skill_id for one in checklist.ratings})
    if missing:
        raise ChecklistIncomplete(missing=missing, checklist_id=checklist.checklist_id)
    signed = replace(checklist, state=State.SIGNED, signed_on=on, credential_id=credential_id)
    return replace(signed, filled_by=_with(checklist, by))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a second person decided, when, and why."""

    accepts: bool
    by: str
    on: date
    note: str


def review(checklist: Checklist, decided: Review) -> Checklist:
    """The checklist after a second person looked at it. Raises NothingToReview and ReviewerFilledIt."""
    if checklist.state is not State.SIGNED:
        raise NothingToReview(checklist_id=checklist.checklist_id)
    if decided.by in checklist.filled_by:
        raise ReviewerFilledIt(checklist_id=checklist.checklist_id)
    state = State.ACCEPTED if decided.accepts else State.RETURNED
    return replace(checklist, state=state, reviewed_by=decided.by, reviewed_on=decided.on, note=decided.note)


def _with(checklist: Checklist, by: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*checklist.filled_by, by)))


def _require_draft(checklist: Checklist) -> None:
    if checklist.state is not State.DRAFT:
        raise ChecklistOver(checklist_id=checklist.checklist_id)


def _share(name: str, skill_ids: Sequence[str], rated: Mapping[str, int]) -> Share:
    gaps = tuple(one for one in skill_ids if rated.get(one, 0) < PROFICIENT)
    return Share(name=name, skills=len(skill_ids), proficient=len(skill_ids) - len(gaps), gaps=gaps)


def _faults(known: set[str], ratings: Sequence[Rating]) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, one in enumerate(ratings):
        pointer = f"/ratings/{place}"
        if one.skill_id not in known:
            yield Finding(pointer=f"{pointer}/skill_id", code="skill_unknown", message="The form has no such skill.")
        if one.skill_id in seen:
            yield Finding(pointer=f"{pointer}/skill_id", code="skill_twice", message="Rate each skill once.")
        if one.rating >= PROFICIENT and one.frequency is Frequency.NEVER:
            message = "What was not done in a year is rated 2 at most."
            yield Finding(pointer=f"{pointer}/rating", code="rating_without_practice", message=message)
        seen.add(one.skill_id)
