"""Bodies of skills forms and checklists."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from credentialing.domain.skills.checklist import Checklist, Frequency, Rating, Share, State, score
from credentialing.domain.skills.form import Form
from credentialing.domain.skills.forms.every import FORMS
from shared.http.bodies import RequestBody, ResponseBody, Text

_RATING = {"skill_id": "airway.ventilator", "rating": 4, "frequency": "weekly"}
_LINE: dict[str, Any] = {
    "checklist_id": "chk_01m8095ps8e00rc1kcn27y03zq",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "unit": "ICU",
    "form": "ICU",
    "edition": 1,
    "state": "accepted",
    "begun_on": "2026-01-05",
    "signed_on": "2026-01-06",
    "reviewed_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "reviewed_on": "2026-01-07",
    "proficient_per_mille": 958,
}
_SHARE = {"name": "Breathing", "skills": 6, "proficient": 5, "per_mille": 833, "gaps": ["airway.prone"]}
_CHECKLIST = {
    **_LINE,
    "note": "Prone positioning: to be shown at the bedside.",
    "ratings": [_RATING],
    "whole": {**_SHARE, "name": "Intensive care, adults", "skills": 48, "proficient": 46, "per_mille": 958},
    "sections": [_SHARE],
}
_SKILL = {"skill_id": _RATING["skill_id"], "words": "Cares for a ventilated patient and answers its alarms"}
_FORM: dict[str, Any] = {
    "unit": "ICU",
    "title": "Intensive care, adults",
    "edition": 1,
    "sections": [{"name": "Breathing", "skills": [_SKILL]}],
}


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class RatingIn(RequestBody):
    """A skill, rated: 1 never done, 2 needs help, 3 does it alone, 4 could teach it; and how often in the last year."""

    model_config = _example(_RATING)

    skill_id: Annotated[str, Field(max_length=60)]
    rating: Annotated[int, Field(ge=1, le=4)]
    frequency: Frequency


class FillIn(RequestBody):
    """All ratings so far, for a unit as it is ordered; `form` names one where that unit has none of its own."""

    model_config = _example({"unit": "ICU", "form": None, "ratings": [_RATING]})

    unit: Annotated[str, Field(min_length=1, max_length=60)]
    form: Annotated[str | None, Field(max_length=20)] = None
    ratings: Annotated[tuple[RatingIn, ...], Field(max_length=200)] = ()

    def rated(self) -> tuple[Rating, ...]:
        """The ratings as values."""
        return tuple(Rating(**one.model_dump()) for one in self.ratings)


class ReviewIn(RequestBody):
    """Whether the checklist is accepted for the unit, and why."""

    model_config = _example({"accepts": True, "note": _CHECKLIST["note"]})

    accepts: bool
    note: Text


class SkillOut(ResponseBody):
    """A skill of a form."""

    model_config = _example(_SKILL)

    skill_id: str
    words: str


class SectionOut(ResponseBody):
    """Skills that belong together."""

    model_config = _example(_FORM["sections"][0])

    name: str
    skills: tuple[SkillOut, ...]


class FormOut(ResponseBody):
    """The form of a unit."""

    model_config = _example(_FORM)

    unit: str
    title: str
    edition: int
    sections: tuple[SectionOut, ...]


class FormList(ResponseBody):
    """All forms."""

    model_config = _example({"items": [_FORM]})

    items: tuple[FormOut, ...]

    @classmethod
    def every(cls) -> Self:
        """Those in force."""
        return cls(items=tuple(FormOut.model_validate(form) for form in FORMS.values()))


class ShareOut(ResponseBody):
    """How many skills count (rated 3 or 4), and the ids of those that do not."""

    model_config = _example(_SHARE)

    name: str
    skills: int
    proficient: int
    per_mille: int
    gaps: tuple[str, ...]


class ChecklistLine(ResponseBody):
    """A checklist in a list."""

    model_config = _example(_LINE)

    checklist_id: str
    clinician_id: str
    unit: str
    form: str
    edition: int
    state: State
    begun_on: date
    signed_on: date | None
    reviewed_by: str | None
    reviewed_on: date | None
    proficient_per_mille: int

    @classmethod
    def line(cls, checklist: Checklist) -> "ChecklistLine":
        """The checklist with its score alone."""
        return ChecklistLine(**_known(checklist))


class ChecklistList(ResponseBody):
    """A clinician's checklists, in the order begun."""

    model_config = _example({"items": [_LINE]})

    items: tuple[ChecklistLine, ...]


class ChecklistOut(ChecklistLine):
    """A checklist with its ratings, its score by section, and its gaps."""

    model_config = _example(_CHECKLIST)

    note: str | None
    ratings: tuple[RatingIn, ...]
    whole: ShareOut
    sections: tuple[ShareOut, ...]

    @classmethod
    def of(cls, checklist: Checklist) -> Self:
        """The checklist as it stands."""
        found = score(_form(checklist), checklist.ratings)
        return cls(
            **_known(checklist),
            note=checklist.note,
            ratings=tuple(
                RatingIn(skill_id=one.skill_id, rating=one.rating, frequency=one.frequency) for one in checklist.ratings
            ),
            whole=_share(found.whole),
            sections=tuple(_share(one) for one in found.sections),
        )


def _form(checklist: Checklist) -> Form:
    return FORMS[checklist.form]


def _share(share: Share) -> ShareOut:
    return ShareOut.model_validate(share)


def _known(checklist: Checklist) -> dict[str, Any]:
    names = (name for name in ChecklistLine.model_fields if name != "proficient_per_mille")
    found = score(_form(checklist), checklist.ratings)
    return {name: getattr(checklist, name) for name in names} | {"proficient_per_mille": found.whole.per_mille}
