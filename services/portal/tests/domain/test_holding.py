"""Who may decide who does an item, and what is so afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.change_request import NOBODY, ChangeRequest, Verb, change_of
from portal.domain.errors import (
    AssigneeDoesNotFit,
    AssigneeUnknown,
    HandOverInvalid,
    HeldByAnother,
    ItemClosed,
    NotYourDepartment,
    SnoozeInvalid,
    TakenByAnother,
)
from portal.domain.holding import (
    SPECIALIST_OF,
    Assign,
    HandOver,
    Release,
    Snooze,
    Take,
    Wake,
    Worker,
    awake,
    decide,
    does,
    is_waiting,
)
from portal.domain.item import WorkItem
from shared.principal import Grant, Principal

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
ANA = Worker(person_id="per_ana", roles=frozenset({"payroll_specialist"}))
BEN = Worker(person_id="per_ben", roles=frozenset({"payroll_specialist"}))
HAL = Worker(person_id="per_hal", roles=frozenset({"housing_specialist"}))
CLEO = Worker(person_id="per_cleo", roles=frozenset({"coordinator"}))


def an_item(**overrides: Any) -> WorkItem:
    valid: dict[str, Any] = {
        "work_item_id": "wki_1",
        "department": "payroll",
        "kind": "review_pay_package",
        "due_at": NOW + timedelta(days=2),
        "rank_at": NOW,
        "weight": 15,
        "skill": "payroll",
        "partition": "pay",
        "opened_at": NOW,
        "changed_at": NOW,
    }
    return WorkItem(**valid | overrides)


MINE = an_item(owner_id="per_ana", owned_at=NOW)
BENS = an_item(owner_id="per_ben", owned_at=NOW, owner_note="Call first")
CLOSED = an_item(is_open=False, status="withdrawn")
LATER = NOW + timedelta(days=3)


def now_is(change, item, *, by):
    return decide(change, item, by=by, now=NOW)


def test_what_is_nobodys_is_mine_once_i_take_it():
    taken = now_is(Take(), an_item(), by=ANA)
    assert (taken.owner_id, taken.owned_at) == ("per_ana", NOW)


def test_taking_what_is_mine_changes_nothing():
    assert now_is(Take(), MINE, by=ANA) == MINE


def test_what_i_take_waits_no_longer():
    taken = now_is(Take(), replace(MINE, snoozed_until=LATER, snoozed_for="agreement.signed"), by=ANA)
    assert (taken.snoozed_until, taken.snoozed_for) == (None, None)


@pytest.mark.parametrize(
    ("why", "change", "item", "by", "refusal"),
    [
        ("another has it", Take(), BENS, ANA, TakenByAnother),
        ("a coordinator assigns instead", Take(), BENS, CLEO, TakenByAnother),
        ("another department's", Take(), an_item(), HAL, NotYourDepartment),
        ("closed", Take(), CLOSED, ANA, ItemClosed),
        ("not mine to pass on", HandOver(to=ANA, note="Yours"), BENS, ANA, HeldByAnother),
        ("nobody's is not passed on", HandOver(to=BEN, note="Yours"), an_item(), ANA, HeldByAnother),
        ("no word with it", HandOver(to=BEN, note="  "), MINE, ANA, HandOverInvalid),
        ("too many words", HandOver(to=BEN, note="x" * 2001), MINE, ANA, HandOverInvalid),
        ("to who does other work", HandOver(to=HAL, note="Yours"), MINE, ANA, AssigneeDoesNotFit),
        ("assigned to who does other work", Assign(to=HAL), an_item(), CLEO, AssigneeDoesNotFit),
        ("not mine to put back", Release(), BENS, ANA, HeldByAnother),
        ("not mine to let wait", Snooze(until=LATER), BENS, ANA, HeldByAnother),
        ("not my department's to let wait", Snooze(until=LATER), an_item(), HAL, NotYourDepartment),
        ("until now", Snooze(until=NOW), MINE, ANA, SnoozeInvalid),
        ("until past ninety days", Snooze(until=NOW + timedelta(days=91)), MINE, ANA, SnoozeInvalid),
        ("until what never wakes", Snooze(until=LATER, event="pay.lost"), MINE, ANA, SnoozeInvalid),
        ("not mine to wake", Wake(), replace(BENS, snoozed_until=LATER), ANA, HeldByAnother),
    ],
)
def test_what_may_not_be_decided_is_refused_by_name(why, change, item, by, refusal):
    with pytest.raises(refusal):
        now_is(change, item, by=by)


def test_a_coordinator_decides_over_what_others_hold():
    assert now_is(Assign(to=ANA, note="Please"), BENS, by=CLEO).owner_id == "per_ana"
    assert now_is(HandOver(to=ANA, note="Please"), BENS, by=CLEO).owner_note == "Please"
    assert now_is(Release(), BENS, by=CLEO).owner_id is None
    assert now_is(Snooze(until=LATER), BENS, by=CLEO).owner_id == "per_ben"


def test_what_is_handed_over_goes_with_its_note_and_waits_no_longer():
    waiting = replace(MINE, snoozed_until=LATER)
    given_on = now_is(HandOver(to=BEN, note=" The rate is open. "), waiting, by=ANA)
    assert (given_on.owner_id, given_on.owner_note, given_on.snoozed_until) == ("per_ben", "The rate is open.", None)


def test_what_is_put_back_is_nobodys_without_a_trace_of_the_note():
    put_back = now_is(Release(), BENS, by=BEN)
    assert (put_back.owner_id, put_back.owned_at, put_back.owner_note) == (None, None, None)


def test_whoever_lets_nobodys_work_wait_does_it_from_then_on():
    waiting = now_is(Snooze(until=LATER, event="agreement.signed"), an_item(), by=ANA)
    assert (waiting.owner_id, waiting.snoozed_until, waiting.snoozed_for) == ("per_ana", LATER, "agreement.signed")
    assert is_waiting(waiting, NOW) and not is_waiting(waiting, LATER)
    assert awake(waiting) == replace(waiting, snoozed_until=None, snoozed_for=None)


def test_a_task_is_done_by_the_role_that_it_is_for_and_by_who_was_given_it():
    task = an_item(department="portal", skill="housing_specialist")
    assert does(HAL, task) and does(CLEO, task) and not does(ANA, task)
    assert does(ANA, replace(task, owner_id="per_ana"))


@pytest.mark.parametrize(("department", "role"), SPECIALIST_OF.items())
def test_each_departments_specialist_does_its_work_alone(department, role):
    specialist = Worker(person_id="per_1", roles=frozenset({role}))
    assert {name for name in SPECIALIST_OF if does(specialist, an_item(department=name))} == {department}


def test_a_role_that_a_grant_lends_counts():
    grant = Grant(id="grt_1", role="payroll_specialist", until=LATER)
    guest = Worker.of(Principal(subject="per_v", roles=frozenset({"virtual_specialist"}), grants=(grant,)))
    assert now_is(Take(), an_item(), by=guest).owner_id == "per_v"


def test_a_day_of_waiting_begins_at_eight_by_the_facilitys_clock():
    asked = ChangeRequest(verb=Verb.SNOOZE, until=date(2026, 1, 12), event="")
    change = change_of(asked, to=None, time_zone="America/Los_Angeles")
    assert change == Snooze(until=datetime(2026, 1, 12, 16, tzinfo=UTC))  # 08:00 PST


def test_nobody_is_a_choice_and_a_stranger_is_none():
    asked = ChangeRequest(verb=Verb.ASSIGN, to=NOBODY)
    assert change_of(asked, to=None, time_zone="UTC") == Assign(to=None)
    with pytest.raises(AssigneeUnknown):
        change_of(replace(asked, to="per_x"), to=None, time_zone="UTC")


def test_all_that_is_wrong_with_a_hand_over_is_said_at_once():
    with pytest.raises(HandOverInvalid) as refused:
        change_of(ChangeRequest(verb=Verb.HAND_OVER), to=None, time_zone="UTC")
    assert [finding.pointer for finding in refused.value.findings] == ["/to", "/note"]


CHANGES = st.sampled_from(
    [Take(), Release(), Wake(), Assign(to=BEN), Assign(to=None), HandOver(to=BEN, note="x"), Snooze(until=LATER)]
)


@given(change=CHANGES, item=st.sampled_from([an_item(), MINE, BENS]), by=st.sampled_from([ANA, BEN, HAL, CLEO]))
def test_no_change_touches_what_the_department_said(change, item, by):
    refusals = (TakenByAnother, NotYourDepartment, HeldByAnother)
    try:
        after = now_is(change, item, by=by)
    except refusals:
        return
    own = {"owner_id", "owned_at", "owner_note", "snoozed_until", "snoozed_for"}
    changed = {name for name in WorkItem.__slots__ if getattr(after, name) != getattr(item, name)}
    assert changed <= own
    assert after.is_open
