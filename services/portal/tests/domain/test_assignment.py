"""What the lights mean for the start, and which statement is the first."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from portal.domain.assignment import Assignment, corrected, lit, paid
from portal.domain.workstream import Workstream, stalled_by
from services.portal.tests.builders import a_blocker, a_correction, a_statement
from shared.contracts.payroll import PayCorrected, PayIssued

NOON = datetime(2025, 12, 1, 18, tzinfo=UTC)
STARTS = date(2026, 1, 5)
AFTER = date(2026, 1, 6)


def an_assignment(**known: object) -> Assignment:
    facts = {"state": "onboarding", "is_open": True, "start_date": STARTS, "terms_version": 2, **known}
    return Assignment(assignment_id="asg_1", changed_at=NOON, **facts)  # type: ignore[arg-type]


def a_stream(department: str, status: str, expected: date | None = None, **facts: object) -> Workstream:
    values = {"terms_version": 2, "done": 1, "total": 3, "since": NOON, "changed_at": NOON, **facts}
    return Workstream(
        assignment_id="asg_1",
        department=department,
        status=status,
        expected_ready_on=expected,
        **values,  # type: ignore[arg-type]
    )


RISKS = {
    "nobody said anything": ((), "on_track"),
    "on time": ((a_stream("credentialing", "open", STARTS),), "on_track"),
    "clearance after the start": ((a_stream("credentialing", "open", AFTER),), "late"),
    "another department after the start": ((a_stream("housing", "open", AFTER),), "at_risk"),
    "one says it is at risk": ((a_stream("payroll", "at_risk", STARTS),), "at_risk"),
    "late outweighs at risk": (
        (a_stream("credentialing", "open", AFTER), a_stream("payroll", "at_risk", STARTS)),
        "late",
    ),
    "blocked outweighs late": (
        (a_stream("credentialing", "open", AFTER), a_stream("payroll", "blocked")),
        "blocked",
    ),
    "ready delays nothing": ((a_stream("credentialing", "ready", AFTER),), "on_track"),
    "an answer to older terms counts for nothing": ((a_stream("payroll", "blocked", terms_version=1),), "on_track"),
}


@pytest.mark.parametrize(("streams", "risk"), RISKS.values(), ids=RISKS)
def test_the_risk_follows_from_the_answers(streams: tuple[Workstream, ...], risk: str) -> None:
    assert lit(an_assignment(), streams).risk == risk


def test_a_start_that_lies_behind_is_late_for_nobody() -> None:
    started = an_assignment(state="active", started_on=STARTS)
    assert lit(started, (a_stream("credentialing", "open", AFTER),)).risk == "on_track"


def test_what_ended_is_over_whatever_was_blocked() -> None:
    assert lit(an_assignment(state="fell_off", is_open=False), (a_stream("payroll", "blocked"),)).risk == "over"


def test_an_item_is_held_against_the_department_that_names_it() -> None:
    named = a_stream("payroll", "blocked", blockers=(a_blocker("wki_1"),))
    at_ease = a_stream("housing", "open", blockers=(a_blocker("wki_2"),))
    streams = (named, at_ease)
    assert [stalled_by(streams, f"wki_{number}") for number in (1, 2, 3)] == ["blocked", None, None]


def fold(events: tuple[PayIssued | PayCorrected, ...]) -> Assignment:
    known = an_assignment()
    for event in events:
        known = paid(known, event) if isinstance(event, PayIssued) else corrected(known, event)
    return known


def test_the_first_statement_is_the_same_whichever_comes_first() -> None:
    first, second = a_statement(), a_statement(pay_statement_id="pst_2", pay_date=AFTER)
    same_day = a_statement(pay_statement_id="pst_3", pay_date=AFTER)
    ends = {fold(order) for order in permutations((first, second, same_day))}
    (end,) = ends
    assert (end.first_statement_id, end.first_paid_on, end.is_paid_right) == ("pst_2", AFTER, True)


@pytest.mark.parametrize(("statement", "is_right"), [("pst_1", False), ("pst_2", True)])
def test_only_a_correction_of_the_first_statement_says_that_it_was_wrong(statement: str, is_right: bool) -> None:
    later = a_statement(pay_statement_id="pst_2", pay_date=date(2026, 2, 6))
    assert fold((a_statement(), later, a_correction(pay_statement_id=statement))).is_paid_right is is_right
