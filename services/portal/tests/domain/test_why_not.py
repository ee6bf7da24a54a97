"""Why she cannot start."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.domain.assignment import Assignment
from portal.domain.why_not import Signature, Unmet, WhyNot, why_not
from portal.domain.workstream import Workstream
from shared.contracts.workstreams import Blocker

TODAY = date(2025, 12, 2)
START = date(2026, 1, 5)
THEN = datetime(2025, 12, 1, 15, tzinfo=UTC)
FOUR = ("credentialing", "payroll", "housing", "timekeeping")
SIGNED = Signature(version=1)

ONBOARDING = Assignment(
    assignment_id="asg_1",
    changed_at=THEN,
    state="onboarding",
    is_open=True,
    start_date=START,
    accepted_at=THEN,
    terms_version=1,
)


def blocker(code: str, *, due: int | None = 10, owner: str = "clinician", item: str | None = None) -> Blocker:
    """One that is due on a day of December."""
    day = date(2025, 12, due) if due else None
    return Blocker(code=code, owner=owner, since=THEN, due=day, work_item_id=item)


def stream(department: str, *blockers: Blocker, status: str = "open", by: date | None = None, version: int = 1) -> Any:
    return Workstream(
        assignment_id="asg_1",
        department=department,
        status=status,
        terms_version=version,
        done=0,
        total=1,
        since=THEN,
        changed_at=THEN,
        expected_ready_on=by,
        blockers=blockers,
    )


def ready(*departments: str) -> tuple[Workstream, ...]:
    return tuple(stream(name, status="ready") for name in departments)


def look(*streams: Workstream, signature: Signature = SIGNED, **changes: Any) -> WhyNot:
    """With every other department ready."""
    others = ready(*(set(FOUR) - {one.department for one in streams}))
    return why_not(replace(ONBOARDING, **changes), (*streams, *others), signature=signature, today=TODAY)


def codes(found: WhyNot) -> list[str]:
    return [one.code for one in found.unmet]


def test_nothing_is_in_the_way_when_all_are_ready_and_it_is_signed():
    assert look() == WhyNot(unmet=(), earliest_start=START)


def test_the_clients_word_comes_first_then_clearance_then_what_stops_nothing():
    found = look(
        stream("payroll", blocker("w4_missing"), by=date(2026, 2, 1)),
        stream("credentialing", blocker("CERT-BLS:missing"), by=date(2025, 12, 20)),
        signature=Signature(version=None),
        state="accepted",
    )
    assert codes(found) == ["not_confirmed", "CERT-BLS:missing", "agreement_not_signed", "w4_missing"]
    assert [one.gates for one in found.unmet] == [True, True, False, False]
    assert (found.unmet[0].command, found.unmet[2].command) == ("confirm", "sign-agreement")
    assert found.earliest_start == START


def test_among_what_stops_nothing_the_light_that_waits_longest_leads_and_in_it_what_is_due_first():
    found = look(
        stream("payroll", blocker("later", due=12), blocker("sooner", due=5), by=date(2025, 12, 20)),
        stream("housing", blocker("unit_chosen_missing"), by=date(2025, 12, 28)),
        stream("timekeeping", blocker("shifts_planned_missing", owner="recruiter"), status="blocked"),
    )
    assert codes(found) == ["shifts_planned_missing", "unit_chosen_missing", "sooner", "later"]
    assert found.unmet[0].command == "amend"


@pytest.mark.parametrize(
    ("case", "status", "expected", "earliest"),
    [
        ("in time: the agreed start holds", "open", date(2025, 12, 20), START),
        ("late: the day of clearance", "open", date(2026, 1, 9), date(2026, 1, 9)),
        ("a day that has passed is today at the earliest", "open", date(2025, 11, 20), START),
        ("blocked: nobody can say", "blocked", date(2025, 12, 20), None),
        ("no day named: nobody can say", "open", None, None),
    ],
)
def test_the_earliest_start_follows_clearance_alone(case, status, expected, earliest):
    found = look(stream("credentialing", blocker("CERT-BLS:missing"), status=status, by=expected))
    assert found.earliest_start == earliest, case


def test_a_late_department_that_gates_nothing_moves_no_start():
    assert look(stream("payroll", blocker("w4_missing"), by=date(2026, 3, 1))).earliest_start == START


def test_each_says_whose_move_it_is_since_when_until_when_and_the_first_day_it_can_be_met():
    (unmet,) = look(
        stream("credentialing", blocker("CERT-BLS:received", owner="specialist", item="wki_1"), by=date(2025, 11, 1))
    ).unmet
    assert unmet == Unmet(
        code="CERT-BLS:received",
        owner="specialist",
        gates=True,
        department="credentialing",
        since=THEN,
        due=date(2025, 12, 10),
        earliest_on=TODAY,
        work_item_id="wki_1",
    )


def test_a_department_that_answered_older_terms_only_has_not_answered():
    found = look(stream("credentialing", status="ready", version=1), terms_version=2)
    assert [(one.code, one.department) for one in found.unmet][0] == ("no_answer", "credentialing")
    assert found.earliest_start is None


def test_what_a_department_waits_for_besides_is_said_once():
    waits = stream("housing", blocker("not_confirmed", owner="client"), blocker("unit_booked_missing"))
    assert codes(look(waits, state="accepted")) == ["not_confirmed", "unit_booked_missing"]
    assert codes(look(waits)) == ["not_confirmed", "unit_booked_missing"]


@pytest.mark.parametrize(
    ("case", "signature", "expected"),
    [
        ("signed", Signature(version=1), []),
        ("only dates moved since", Signature(version=1, changed_since=frozenset({"start_date"})), []),
        ("pay changed since", Signature(version=1, changed_since=frozenset({"pay_package"})), ["addendum_to_check"]),
        ("never signed", Signature(version=None), ["agreement_not_signed"]),
    ],
)
def test_an_unsigned_agreement_is_named_and_stops_nothing(case, signature, expected):
    found = look(signature=signature)
    assert codes(found) == expected, case
    assert found.gating == ()


def test_a_start_that_came_waits_for_the_word_that_the_clinician_did():
    (unmet,) = look(state="cleared", start_date=TODAY).unmet
    assert (unmet.code, unmet.command, unmet.gates) == ("arrival_not_confirmed", "start", True)
    assert look(state="cleared", start_date=START).unmet == ()


def test_once_it_runs_only_lost_clearance_counts_and_once_it_ended_nothing_does():
    waiting = stream("payroll", blocker("w4_missing"))
    assert codes(look(waiting, state="active", cleared_at=THEN)) == []
    assert codes(look(waiting, state="active")) == ["works_uncleared"]
    assert codes(look(waiting, state="completed")) == []
