"""A request to somebody outside while days pass, and which answers count."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.outside.errors import NotAskedOutside, NothingToJudge, OutsideLinkInvalid, RequestOver
from credentialing.domain.outside.kinds import ASKING, Kind, code_for
from credentialing.domain.outside.questions import QUESTIONS, faults, needs_look
from credentialing.domain.outside.request import (
    Answered,
    OutsideRequest,
    State,
    answer,
    decline,
    judge,
    moved,
    opened,
    renew_link,
    that_count,
    withdraw,
)
from credentialing.domain.outside.result import result_of
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from services.credentialing.tests.builders import NOW

ASKED_ON = date(2026, 1, 5)
TODAY = date(2026, 2, 1)
GOOD = {
    "supervised": "yes",
    "position": "Nurse manager",
    "from": "2021-03-01",
    "clinical_skill": "5",
    "judgement": "4",
    "reliability": "3",
    "teamwork": "4",
    "rehire": "yes",
    "concerns": "no",
}


def asked(**overrides: Any) -> OutsideRequest:
    request = OutsideRequest(
        request_id="out_1",
        clinician_id="cln_ana",
        code="REF-2",
        kind=Kind.SUPERVISOR,
        digest="d",
        sealed_person="…",
        asked_by="per_specialist",
        asked_on=ASKED_ON,
        due_on=ASKED_ON + timedelta(days=3),
    )
    return replace(request, **overrides)


def answered(number: int, on: date, *, needs_look: bool = False, **overrides: Any) -> OutsideRequest:
    said = Answered(sealed="…", mark="m", on=on)
    return answer(asked(request_id=f"out_{number}", **overrides), said, needs_look=needs_look)


def test_four_reminders_come_after_three_days_and_then_weekly_and_the_link_ends_a_week_later():
    over = moved(asked(), date(2026, 12, 31))
    assert [day.isoformat() for day in over.reminded_on] == ["2026-01-08", "2026-01-15", "2026-01-22", "2026-01-29"]
    assert (over.state, over.ended_on, over.due_on) == (State.EXPIRED, date(2026, 2, 5), None)
    assert over.ended_on == asked().expires_on


@given(st.lists(st.integers(min_value=0, max_value=20), max_size=12))
def test_however_the_days_are_taken_the_steps_are_the_same(leaps):
    day, request = ASKED_ON, asked()
    for leap in leaps:
        day += timedelta(days=leap)
        request = moved(request, day)
    assert request == moved(asked(), day)


def test_a_link_opens_through_its_last_day_and_no_request_that_is_over():
    last = asked().expires_on - timedelta(days=1)
    assert opened(asked(), last) == asked()
    over = (asked(state=State.ANSWERED), asked(state=State.WITHDRAWN), None)
    for request, day in ((asked(), asked().expires_on), *((one, ASKED_ON) for one in over)):
        with pytest.raises(OutsideLinkInvalid):
            opened(request, day)


def test_what_is_over_is_neither_withdrawn_nor_gets_another_link():
    declined = decline(asked(), Answered(sealed="…", mark="m", on=TODAY))
    assert (declined.state, declined.due_on, declined.counts) == (State.DECLINED, None, None)
    for act in (lambda: withdraw(declined, TODAY), lambda: renew_link(declined, "e")):
        with pytest.raises(RequestOver):
            act()


def test_two_answers_make_a_result_as_old_as_the_older():
    older, newer = answered(1, date(2026, 1, 10)), answered(2, date(2026, 1, 20))
    assert that_count([older], "REF-2") == ()
    assert that_count([older, newer], "REF-2") == (newer, older)
    said = result_of((newer, older), result_id="res_1", at=NOW)
    assert (said.issued_on, said.source, said.reference) == (date(2026, 1, 10), "reference", "out_1 out_2")
    assert said.checked_by == "outside"


def test_a_third_answer_lets_the_oldest_go():
    days = (date(2026, 1, 10), date(2025, 1, 2), date(2026, 1, 20))
    every = [answered(number, day) for number, day in enumerate(days)]
    assert [one.request_id for one in that_count(every, "REF-2")] == ["out_2", "out_0"]


def test_an_answer_that_needs_a_look_counts_only_once_a_person_says_so():
    good, doubtful = answered(1, TODAY), answered(2, TODAY, needs_look=True)
    assert doubtful.waits_for_judgement
    assert that_count([good, doubtful], "REF-2") == ()
    kept = judge(doubtful, counts=True, by="per_lead", because="Called her.")
    refused = judge(doubtful, counts=False, by="per_lead", because="Not a supervisor.")
    assert len(that_count([good, kept], "REF-2")) == 2
    assert that_count([good, refused], "REF-2") == ()
    with pytest.raises(NothingToJudge):
        judge(good, counts=False, by="per_lead", because="Too late.")


def test_every_fault_of_an_answer_is_named_at_once():
    bad = {**GOOD, "clinical_skill": "9", "from": "2030-01-01", "height": "tall"}
    del bad["rehire"]
    found = {(one.pointer, one.code) for one in faults(Kind.SUPERVISOR, bad, today=TODAY)}
    assert found == {
        ("/answers/clinical_skill", "not_a_choice"),
        ("/answers/from", "not_a_day"),
        ("/answers/height", "question_unknown"),
        ("/answers/rehire", "answer_missing"),
    }
    assert faults(Kind.SUPERVISOR, GOOD, today=TODAY) == ()


@pytest.mark.parametrize("said", [{"rehire": "no"}, {"concerns": "yes"}, {"judgement": "2"}, {"supervised": "no"}])
def test_what_speaks_against_a_clinician_is_looked_at_by_a_person(said):
    assert needs_look(Kind.SUPERVISOR, {**GOOD, **said})
    assert not needs_look(Kind.SUPERVISOR, GOOD)


def test_every_kind_asks_about_items_of_the_catalogue_and_watches_only_its_choices():
    assert {code for asking in ASKING.values() for code in asking.codes} <= CATALOGUE.keys()
    for questions in QUESTIONS.values():
        assert len({one.name for one in questions}) == len(questions)
        assert all(set(one.watched) <= set(one.choices) for one in questions)


def test_a_school_is_not_asked_for_a_reference():
    assert code_for(Kind.SCHOOL, None) == "BG-EDU"
    assert code_for(Kind.SCHOOL, "MD-TRAIN") == "MD-TRAIN"
    with pytest.raises(NotAskedOutside):
        code_for(Kind.SCHOOL, "REF-2")
