"""A clinician's own skills checklist as their page shows it: what is rated, what is missing, and a section to fill."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.api.views.own_file import written_day
from portal.api.views.skills import FREQUENCIES, RATINGS, percent

Body = Mapping[str, Any]
Fields = Mapping[str, str]

RATING, OFTEN = "rating_", "often_"
"""Before the id of a skill, as its two fields are called."""
NEVER_DONE: Final = ("1", "never")
CHOOSE: Final = ("", "Choose")
NUMBERED: Final = tuple((number, f"{number} {words}") for number, words in RATINGS)
_AT_RATING: Final = "rating"
_STANDING: Final = {
    "draft": ("info", "Rate each skill as it is today. What you save stays; you may go on later."),
    "signed": ("good", "You signed it. A credentialing specialist reads it now."),
    "accepted": ("good", "It was accepted."),
    "returned": ("warn", "It was sent back to you. Correct it and sign again."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section in the list: how many of its skills are rated."""

    name: str
    href: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSkillsView:
    """The checklist of one unit: how far it is, its sections, and what may be done.

    `verb` is what the one button does: begin or sign; None where there is nothing to do. `forms` are to be chosen from
    where the unit has none of its own.
    """

    title: str
    unit: str
    standing: tuple[str, str] | None
    note: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    done: int
    total: int
    next: Part | None
    verb: str | None
    button: str
    version: int | None
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One skill as two fields: how well, and how often."""

    words: str
    rating: str
    rating_field: str
    often: str
    often_field: str
    fault: str | None
    often_fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One section to be filled in."""

    name: str
    number: int
    count: int
    skills: tuple[Skill, ...]
    findings: tuple[tuple[str | None, str], ...]


def own_skills_view(
    checklist: Body | None, form: Body | None, forms: Sequence[Body], *, unit: str, href: str
) -> OwnSkillsView:
    """The list of sections; `forms` are those to choose from, none where the unit's own is known."""
    state = str(checklist["state"]) if checklist else None
    is_draft = state == "draft"
    parts = tuple(parts_of(checklist, form, href)) if checklist and form else ()
    done, total = sum(part.done for part in parts), sum(part.total for part in parts)
    verb, button = _next(state, is_whole=bool(parts) and done == total)
    return OwnSkillsView(
        title=str(form["title"]) if form else "Skills checklist",
        unit=unit,
        standing=_STANDING.get(state or ""),
        note=str(checklist.get("note") or "") if checklist and state == "returned" else "",
        facts=_facts(checklist) if checklist and not is_draft else (),
        parts=parts if is_draft else (),
        done=done,
        total=total,
        next=next((part for part in parts if part.done < part.total), None) if is_draft else None,
        verb=verb,
        button=button,
        version=checklist.get("version") if checklist and is_draft else None,
        forms=tuple((str(one["unit"]), str(one["title"])) for one in forms),
    )


def parts_of(checklist: Body, form: Body, href: str) -> Iterator[Part]:
    """The sections of the form with how far each is rated."""
    rated = {str(one["skill_id"]) for one in checklist["ratings"]}
    for number, part in enumerate(form["sections"], start=1):
        done = sum(str(skill["skill_id"]) in rated for skill in part["skills"])
        yield Part(name=str(part["name"]), href=f"{href}/{number}", done=done, total=len(part["skills"]))


def section_view(
    checklist: Body, form: Body, number: int, *, typed: Fields | None = None, faults: Fields | None = None
) -> SectionView:
    """The section of this number with what is saved, or what was just typed and what is wrong with it."""
    part, errors = form["sections"][number - 1], faults or {}
    kept = _saved(checklist) if typed is None else typed
    skills = tuple(_skill(one, kept, errors) for one in part["skills"])
    return SectionView(
        name=str(part["name"]),
        number=number,
        count=len(form["sections"]),
        skills=skills,
        findings=tuple(_findings(skills)),
    )


def rated(part: Body, typed: Fields) -> tuple[list[dict[str, object]], dict[str, str]]:
    """The ratings of a section as they were typed, and what is wrong, by field; skills left empty are left out.

    What was never done was not done in the last year either.
    """
    found: list[dict[str, object]] = []
    faults: dict[str, str] = {}
    for one in part["skills"]:
        skill = str(one["skill_id"])
        rating, often = typed.get(f"{RATING}{skill}", ""), typed.get(f"{OFTEN}{skill}", "")
        if rating == NEVER_DONE[0] and not often:
            often = NEVER_DONE[1]
        if often and not rating:
            faults[f"{RATING}{skill}"] = "Choose how well you do it."
        elif rating and not often:
            faults[f"{OFTEN}{skill}"] = "Choose how often you did it."
        elif rating in dict(RATINGS) and often in dict(FREQUENCIES):
            found.append({"skill_id": skill, "rating": int(rating), "frequency": often})
    return found, faults


def fault_at(pointer: str, ratings: Sequence[Body]) -> str | None:
    """The field that a fault of credentialing is about: `/ratings/3/rating` is the fourth that was sent."""
    _, _, rest = pointer.partition("/ratings/")
    place, _, name = rest.partition("/")
    if not (place.isascii() and place.isdigit() and int(place) < len(ratings)):
        return None
    skill = ratings[int(place)]["skill_id"]
    return f"{RATING if name == _AT_RATING else OFTEN}{skill}"


def _next(state: str | None, *, is_whole: bool) -> tuple[str | None, str]:
    if state is None:
        return "begin", "Begin the checklist"
    if state == "returned":
        return "begin", "Correct it"
    if state == "accepted":
        return "begin", "Fill in a new one"
    return ("sign", "Sign the checklist") if state == "draft" and is_whole else (None, "")


def _facts(checklist: Body) -> tuple[tuple[str, str], ...]:
    days = (("Signed", checklist.get("signed_on")), ("Looked at", checklist.get("reviewed_on")))
    told = [(name, written_day(date.fromisoformat(str(day)))) for name, day in days if day]
    return (*told, ("Done alone or better", percent(checklist["proficient_per_mille"])))


def _saved(checklist: Body) -> Fields:
    pairs: dict[str, str] = {}
    for one in checklist["ratings"]:
        pairs[f"{RATING}{one['skill_id']}"] = str(one["rating"])
        pairs[f"{OFTEN}{one['skill_id']}"] = str(one["frequency"])
    return pairs


def _skill(one: Body, kept: Fields, faults: Fields) -> Skill:
    rating, often = f"{RATING}{one['skill_id']}", f"{OFTEN}{one['skill_id']}"
    return Skill(
        words=str(one["words"]),
        rating=kept.get(rating, ""),
        rating_field=rating,
        often=kept.get(often, ""),
        often_field=often,
        fault=faults.get(rating),
        often_fault=faults.get(often),
    )


def _findings(skills: Sequence[Skill]) -> Iterator[tuple[str | None, str]]:
    for one in skills:
        if one.fault:
            yield one.rating_field, f"{one.words}: {one.fault}"
        if one.often_fault:
            yield one.often_field, f"{one.words}: {one.often_fault}"
