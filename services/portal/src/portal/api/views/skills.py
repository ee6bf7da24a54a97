"""Skills checklists as pages show them: their score, the gaps, and each rating in the form's own order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.api.views.credential_file import day_of
from portal.domain.words import kind_words

Body = Mapping[str, Any]

RATINGS: Final = (("1", "Never done"), ("2", "Needs help"), ("3", "Does it alone"), ("4", "Could teach it"))
FREQUENCIES: Final = (
    ("never", "Not in the last year"),
    ("yearly", "At least once"),
    ("monthly", "Every month"),
    ("weekly", "Every week"),
)
PROFICIENT: Final = 3
STATES: Final = {
    "draft": ("info", "Being filled in"),
    "signed": ("warn", "Waits for a review"),
    "accepted": ("good", "Accepted"),
    "returned": ("bad", "Sent back"),
}
_WORDS: Final = dict(RATINGS)
_OFTEN: Final = dict(FREQUENCIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLine:
    """One checklist of the list."""

    id: str
    href: str
    unit: str
    form: str
    state: tuple[str, str]
    is_ordered: bool
    score: str
    begun_on: date
    signed_on: date | None
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One skill as it was rated; `is_gap`: it does not count."""

    words: str
    rating: str
    often: str
    is_gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Skills that belong together, and how many of them count."""

    id: str
    name: str
    done: int
    total: int
    skills: tuple[Rated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistView:
    """One checklist whole: the score, the gaps by section, how many skills are not rated yet, and all ratings."""

    line: ChecklistLine
    title: str
    facts: tuple[tuple[str, str], ...]
    score: str
    counted: str
    sections: tuple[Section, ...]
    gaps: tuple[tuple[str, tuple[Rated, ...]], ...]
    unrated: int
    waits_for_review: bool
    note: str


def checklist_line(one: Body, *, unit: str, href: str, names: Mapping[str, str]) -> ChecklistLine:
    """One line; `unit` is the ordered one, `names` those of our people by id."""
    reviewer = str(one.get("reviewed_by") or "")
    state = str(one["state"])
    return ChecklistLine(
        id=str(one["checklist_id"]),
        href=f"{href}/skills/{one['checklist_id']}",
        unit=str(one["unit"]),
        form=str(one["form"]),
        state=STATES.get(state, ("neutral", kind_words(state))),
        is_ordered=one["unit"] == unit,
        score=percent(one["proficient_per_mille"]),
        begun_on=date.fromisoformat(str(one["begun_on"])),
        signed_on=day_of(one.get("signed_on")),
        reviewer=names.get(reviewer, reviewer),
    )


def checklist_lines(listed: Sequence[Body], *, unit: str, href: str) -> tuple[ChecklistLine, ...]:
    """The clinician's checklists: those of the ordered unit first, then the newest."""
    lines = [checklist_line(one, unit=unit, href=href, names={}) for one in listed[::-1]]
    return tuple(sorted(lines, key=lambda line: not line.is_ordered))


def checklist_view(
    one: Body, forms: Sequence[Body], *, unit: str, href: str, names: Mapping[str, str]
) -> ChecklistView:
    """One checklist beside its form; of a form that is not known any more the ids stand for its skills."""
    form = form_of(forms, str(one["form"]))
    line = checklist_line(one, unit=unit, href=href, names=names)
    sections = _sections(one, form)
    gaps = ((part.name, tuple(skill for skill in part.skills if skill.is_gap and skill.often)) for part in sections)
    facts = (
        ("Unit", line.unit),
        ("Ordered unit", "" if line.is_ordered else unit),
        ("Form", str(form["title"]) if form else line.form),
        ("Begun", f"{line.begun_on:%-d %b %Y}"),
        ("Signed", f"{line.signed_on:%-d %b %Y}" if line.signed_on else ""),
        ("Reviewed by", line.reviewer),
    )
    whole = one["whole"]
    return ChecklistView(
        line=line,
        title=str(whole["name"]),
        facts=tuple(pair for pair in facts if pair[1]),
        score=line.score,
        counted=f"{whole['proficient']} of {whole['skills']} done alone or better",
        sections=sections,
        gaps=tuple(pair for pair in gaps if pair[1]),
        unrated=sum(not skill.often for part in sections for skill in part.skills),
        waits_for_review=one["state"] == "signed",
        note=str(one.get("note") or ""),
    )


def form_of(forms: Sequence[Body], unit: str) -> Body | None:
    """The form of a unit; None where there is none."""
    return next((one for one in forms if one["unit"] == unit), None)


def percent(per_mille: object) -> str:
    """A share in whole per cent, rounded down: nobody reads 100 % of what is not all."""
    return f"{int(str(per_mille)) // 10} %"


def _sections(one: Body, form: Body | None) -> tuple[Section, ...]:
    rated = {str(rating["skill_id"]): rating for rating in one["ratings"]}
    shares: Sequence[Body] = one["sections"]
    known: Sequence[Body] = form["sections"] if form else ()
    skills = {str(part["name"]): part["skills"] for part in known}
    return tuple(
        Section(
            id=f"part-{number}",
            name=str(share["name"]),
            done=int(share["proficient"]),
            total=int(share["skills"]),
            skills=tuple(_rated(skill, rated) for skill in skills.get(str(share["name"]), ())),
        )
        for number, share in enumerate(shares, start=1)
    )


def _rated(skill: Body, rated: Mapping[str, Body]) -> Rated:
    found = rated.get(str(skill["skill_id"]))
    if found is None:
        return Rated(words=str(skill["words"]), rating="Not rated", often="", is_gap=True)
    rating = str(found["rating"])
    return Rated(
        words=str(skill["words"]),
        rating=f"{rating} {_WORDS.get(rating, '')}".strip(),
        often=_OFTEN.get(str(found["frequency"]), kind_words(str(found["frequency"]))),
        is_gap=int(rating) < PROFICIENT,
    )
