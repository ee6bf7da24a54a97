"""Forms of our own, and what ratings come to."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from credentialing.domain.skills.checklist import (
    Checklist,
    Frequency,
    Rating,
    Review,
    State,
    fill,
    rating_faults,
    review,
    score,
    sign,
)
from credentialing.domain.skills.errors import (
    ChecklistIncomplete,
    ChecklistOver,
    FormUnknown,
    NothingToReview,
    ReviewerFilledIt,
)
from credentialing.domain.skills.forms.every import FORMS, form_of

ICU = FORMS["ICU"]
DAY = date(2026, 1, 5)


def rated(rating: int = 4, **others: int) -> tuple[Rating, ...]:
    """Every skill of the ICU form rated so, but for the sections named."""
    return tuple(
        Rating(
            skill_id=one.skill_id,
            rating=others.get(one.skill_id.partition(".")[0], rating),
            frequency=Frequency.WEEKLY,
        )
        for one in ICU.skills
    )


def draft(**overrides: Any) -> Checklist:
    begun = Checklist(
        checklist_id="chk_1",
        clinician_id="cln_ana",
        unit="ICU",
        form="ICU",
        edition=1,
        begun_on=DAY,
        filled_by=("per_scribe",),
        ratings=rated(),
    )
    return replace(begun, **overrides)


def signed() -> Checklist:
    return sign(draft(), ICU, by="lnk_ana", on=DAY, credential_id="crd_1")


def test_every_unit_has_a_form_whose_skills_are_told_apart():
    assert set(FORMS) == {"ICU", "ED", "MS", "TELE", "LD", "OR", "NICU", "PT"}
    for form in FORMS.values():
        ids = [one.skill_id for one in form.skills]
        assert len(set(ids)) == len(ids) >= 25
        assert len({one.words for one in form.skills}) == len(ids)


def test_a_unit_finds_its_form_by_whatever_the_client_calls_it():
    assert (form_of("er").unit, form_of("Labor and Delivery").unit, form_of("4 West", named="MS").unit) == (
        "ED",
        "LD",
        "MS",
    )
    with pytest.raises(FormUnknown):
        form_of("4 West")


def test_the_score_is_the_share_rated_three_or_more_by_section_and_names_the_gaps():
    found = score(ICU, rated(airway=2))
    airway = next(one for one in found.sections if one.name == "Breathing")
    assert (airway.proficient, airway.per_mille) == (0, 0)
    assert set(airway.gaps) == set(found.whole.gaps) == {s.skill_id for s in ICU.skills if s.skill_id[:3] == "air"}
    others = len(ICU.skills) - airway.skills
    assert found.whole.per_mille == others * 1000 // len(ICU.skills)
    assert score(ICU, rated(3)).whole.per_mille == 1000
    assert score(ICU, ()).whole.proficient == 0


def test_ratings_are_of_the_form_once_each_and_with_practice():
    never = Rating(skill_id="airway.prone", rating=3, frequency=Frequency.NEVER)
    strange = Rating(skill_id="cooking.soup", rating=1, frequency=Frequency.NEVER)
    found = [(one.pointer, one.code) for one in rating_faults(ICU, (never, never, strange))]
    assert found == [
        ("/ratings/0/rating", "rating_without_practice"),
        ("/ratings/1/skill_id", "skill_twice"),
        ("/ratings/1/rating", "rating_without_practice"),
        ("/ratings/2/skill_id", "skill_unknown"),
    ]
    assert rating_faults(ICU, rated()) == ()


def test_only_a_whole_checklist_is_signed_and_then_it_stays():
    with pytest.raises(ChecklistIncomplete):
        sign(draft(ratings=rated()[1:]), ICU, by="lnk_ana", on=DAY, credential_id="crd_1")
    assert (signed().state, signed().signed_on, signed().credential_id) == (State.SIGNED, DAY, "crd_1")
    with pytest.raises(ChecklistOver):
        fill(signed(), (), by="lnk_ana")


def test_a_second_person_reviews_once():
    yes = Review(accepts=True, by="per_nurse", on=DAY, note="Seen.")
    assert review(signed(), yes).state is State.ACCEPTED
    assert review(signed(), replace(yes, accepts=False)).state is State.RETURNED
    for one in ("lnk_ana", "per_scribe"):
        with pytest.raises(ReviewerFilledIt):
            review(signed(), replace(yes, by=one))
    for checklist in (draft(), review(signed(), yes)):
        with pytest.raises(NothingToReview):
            review(checklist, yes)
