"""When a clinician may start, and when no longer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.clearance import Cause, Granted, NotYet, decide_clearance, settle
from credentialing.domain.commands import reject, waive
from credentialing.domain.file import Basis, File, Grant, adapt, close, follow, recheck
from credentialing.domain.item import Item, Waiver
from credentialing.domain.requirement import Party
from credentialing.domain.validity import Lack
from services.credentialing.tests.builders import (
    END,
    NOW,
    START,
    TODAY,
    held_for,
    some_facility,
    some_file,
    some_terms,
)
from shared.contracts.assignments import AssignmentEnded, State
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked

EVERYTHING = held_for()
CODES = [one.code for one in EVERYTHING]


def cleared() -> File:
    return settle(some_file(EVERYTHING), NOW).file


def granted(version: int, through: date) -> ClearanceGranted:
    return ClearanceGranted(assignment_id="asg_1", terms_version=version, valid_through=through)


def revoked(version: int, cause: Cause) -> ClearanceRevoked:
    return ClearanceRevoked(assignment_id="asg_1", terms_version=version, reason=cause.value)


def waived_until(through: date) -> File:
    held = held_for(but=["CERT-BLS"])
    waiver = Waiver(by="Dana Reyes", party=Party.FACILITY, reason="booked", on=TODAY, through=through)
    return waive(some_file(held), "CERT-BLS", waiver=waiver, held=held)


def test_clearance_is_granted_once_when_everything_is_met() -> None:
    settled = settle(some_file(EVERYTHING), NOW)
    assert settled.events == (granted(1, END),)
    assert settled.file.granted == Grant(terms_version=1, valid_through=END, on=TODAY, codes=tuple(CODES))
    assert settle(settled.file, NOW).events == ()


def test_every_open_item_is_a_reason() -> None:
    decision = decide_clearance(some_file(held_for(but=["REF-2", "LIC-RN"])), NOW)
    assert isinstance(decision, NotYet)
    assert [(why.pointer, why.code) for why in decision.reasons] == [
        ("/items/LIC-RN", "not_presented"),
        ("/items/REF-2", "not_presented"),
    ]


def test_without_a_clearance_there_is_nothing_to_revoke() -> None:
    assert settle(some_file(), NOW).events == ()


def test_new_terms_under_which_all_still_holds_get_a_grant_of_their_own() -> None:
    file = adapt(cleared(), some_terms(version=2), facility=some_facility(), basis=Basis(held=EVERYTHING, today=TODAY))
    assert settle(file, NOW).events == (granted(2, END),)


def test_new_terms_that_reopen_an_item_revoke_the_clearance() -> None:
    terms = some_terms(version=2, unit="TELE")
    file = adapt(cleared(), terms, facility=some_facility(), basis=Basis(held=EVERYTHING, today=TODAY))
    settled = settle(file, NOW)
    assert settled.events == (revoked(2, Cause.TERMS_CHANGED),)
    assert settled.file.granted is None
    assert settle(settled.file, NOW).events == ()


def test_a_rejected_credential_revokes_the_clearance_without_saying_which() -> None:
    after = reject(cleared(), "DRUG-10", because="private", held=EVERYTHING, today=TODAY)
    assert settle(after.file, NOW).events == (revoked(1, Cause.CREDENTIAL_REJECTED),)


def test_a_credential_that_is_gone_revokes_the_clearance() -> None:
    file = recheck(cleared(), held_for(but=["TB-12"]), today=TODAY)
    assert settle(file, NOW).events == (revoked(1, Cause.CREDENTIAL_LAPSED),)


@pytest.mark.parametrize(
    ("case", "moment", "event"),
    [
        ("its last day ends at midnight in Denver", "2026-12-31T06:59:59+00:00", None),
        (
            "after midnight in Denver it has ended",
            "2026-12-31T07:00:00+00:00",
            revoked(1, Cause.WAIVER_ENDED),
        ),
    ],
)
def test_a_clearance_lasts_as_long_as_its_waivers(case: str, moment: str, event: ClearanceRevoked | None) -> None:
    through = START + timedelta(days=30)
    first = settle(waived_until(through), NOW)
    assert first.events == (granted(1, through - timedelta(days=1)),)  # the night of that day touches the next
    later = settle(first.file, datetime.fromisoformat(moment))
    assert later.events == ((event,) if event else ()), case


def test_an_ended_assignment_is_settled_in_silence() -> None:
    ended = AssignmentEnded(assignment_id="asg_1", terms_version=1, ended_on=TODAY, state=State.FELL_OFF, reason="x")
    closed = close(cleared(), ended)
    assert settle(closed, NOW).events == ()
    assert isinstance(decide_clearance(closed, NOW), NotYet)


@given(st.sets(st.sampled_from(CODES)), st.integers(1, 730))
def test_clearance_means_every_item_met_and_never_reaches_past_the_terms(but: set[str], days: int) -> None:
    """INVARIANT: a clearance stands only while nothing is in the way, for the newest terms, within their days.

    What breaks it: deciding on a file that was not rechecked against what the clinician holds, or keeping
    what was granted for older terms.
    """
    terms = some_terms(version=2, end_date=START + timedelta(days=days))
    held = held_for(but=sorted(but))
    file = adapt(some_file(held), terms, facility=some_facility(), basis=Basis(held=held, today=TODAY))
    decision = decide_clearance(file, NOW)
    assert isinstance(decision, Granted) == (not any(item.stands_in_the_way for item in file.items))
    if isinstance(decision, Granted):
        assert START <= decision.valid_through <= terms.end_date
    settled = settle(replace(file, granted=Grant(terms_version=1, valid_through=END)), NOW)
    assert len(settled.events) == 1
    assert settle(settled.file, NOW).events == ()


def test_a_clearance_lost_to_an_item_that_was_not_asked_before_says_so():
    asked = replace(cleared().items[0].requirement, code="FAC-NEW", name="A new paper")
    new = Item(requirement=asked, due_on=START, lack=Lack.NOT_PRESENTED)
    grown = replace(cleared(), items=(*cleared().items, new))

    assert settle(grown, NOW).events == (revoked(1, Cause.REQUIREMENTS_CHANGED),)


def test_an_extension_takes_no_shift_that_is_covered_from_an_assignment_that_runs():
    """Of the same change before the start nothing is cleared; the card is renewed first."""
    short = [replace(one, expires_on=END + timedelta(days=10)) if one.code == "LIC-RN" else one for one in EVERYTHING]
    longer = some_terms(version=2, end_date=END + timedelta(days=56))
    now = datetime(2026, 12, 20, 18, 0, tzinfo=UTC)
    basis = Basis(held=short, today=now.date())
    waiting = settle(some_file(short), NOW).file
    running = follow(waiting, State.ACTIVE)

    [lost] = settle(adapt(waiting, longer, facility=some_facility(), basis=basis), now).events
    [kept] = settle(adapt(running, longer, facility=some_facility(), basis=basis), now).events

    assert lost == revoked(2, Cause.TERMS_CHANGED)
    assert kept == granted(2, END + timedelta(days=9))
