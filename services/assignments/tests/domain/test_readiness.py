from datetime import UTC, date, datetime, timedelta

import pytest

from assignments.domain.assignment import Changed
from assignments.domain.course import cancel
from assignments.domain.readiness import (
    Forecast,
    Outlook,
    Readiness,
    announce_ready,
    blockers,
    expect,
    fold,
    forecast,
    on_critical_path,
)
from assignments.domain.revision import Revision
from assignments.domain.terms_change import TermsChange, change_terms
from services.assignments.tests.builders import NOW, START, a_facility, an_answer, an_assignment
from shared.contracts.assignments import AssignmentReady, State
from shared.contracts.workstreams import Blocker, Status, WorkstreamChanged

DAY = timedelta(days=1)
TODAY = date(2026, 1, 5)
SINCE = datetime(2026, 1, 5, 9, tzinfo=UTC)
FOUR = ("credentialing", "payroll", "housing", "timekeeping")
NEW = Readiness(assignment_id="asg_1", terms_version=1)

OPEN, AT_RISK, BLOCKED, READY = Status.OPEN, Status.AT_RISK, Status.BLOCKED, Status.READY
Said = tuple[Status, int | None]
"""A status, and the expected day as days from the start (None: not named)."""


def folded(*said: Said | None) -> Readiness:
    """The lights after each department said something; None says nothing."""
    readiness = NEW
    for department, one in zip(FOUR, said, strict=True):
        if one is not None:
            day = None if one[1] is None else START + one[1] * DAY
            readiness = fold(readiness, department=department, answer=an_answer(one[0], expected_ready_on=day))
    return readiness


ALL_READY = folded((READY, None), (READY, -9), (READY, None), (READY, -3))


def blocked(code: str, *, due: date | None, since: datetime = SINCE) -> Blocker:
    return Blocker(code=code, owner="clinician", due=due, since=since)


def answer_with(*named: Blocker, status: Status = OPEN, expected: date | None = None) -> WorkstreamChanged:
    return an_answer(status, expected_ready_on=expected, blockers=named)


def test_four_lights_are_awaited_at_first() -> None:
    assert [(light.department, light.is_awaited, light.status) for light in NEW.lights] == [
        (name, True, OPEN) for name in FOUR
    ]


def test_an_answer_changes_its_own_light_alone() -> None:
    after = fold(NEW, department="housing", answer=an_answer(READY, done=3))
    assert [light.is_awaited for light in after.lights] == [True, True, False, True]
    assert (after.lights[2].status, after.lights[2].done, after.lights[2].total) == (READY, 3, 3)


def test_new_terms_make_every_light_awaited_and_older_answers_count_no_more() -> None:
    waiting = expect(ALL_READY, terms_version=2)
    assert waiting == Readiness(assignment_id="asg_1", terms_version=2)
    assert fold(waiting, department="payroll", answer=an_answer(READY)) == waiting
    assert fold(waiting, department="payroll", answer=an_answer(READY, terms_version=2)) != waiting
    assert expect(waiting, terms_version=1) == waiting


@pytest.mark.parametrize(
    ("name", "readiness", "days"),
    [
        ("the last of the four", folded((OPEN, -2), (READY, -9), (OPEN, 3), (OPEN, -5)), 3),
        ("who is ready needs no day", folded((OPEN, -2), (READY, None), (READY, None), (READY, None)), -2),
        ("one has not answered", folded((OPEN, -2), None, (OPEN, 3), (OPEN, -5)), None),
        ("one names no day", folded((OPEN, -2), (OPEN, None), (OPEN, 3), (OPEN, -5)), None),
        ("nobody names a day", folded((READY, None), (READY, None), (READY, None), (READY, None)), None),
    ],
)
def test_the_expected_day_is_the_last_of_four_known_ones(name: str, readiness: Readiness, days: int | None) -> None:
    assert readiness.expected_ready_on == (None if days is None else START + days * DAY), name


FINE: Said = (OPEN, -1)


@pytest.mark.parametrize(
    ("name", "readiness", "outlook", "days_late"),
    [
        ("all ready", ALL_READY, Outlook.ON_TIME, 0),
        ("all by the start", folded((OPEN, 0), FINE, FINE, FINE), Outlook.ON_TIME, 0),
        ("clearance after the start", folded((OPEN, 4), FINE, FINE, FINE), Outlook.LATE, 4),
        ("clearance and more, with a gap", folded((OPEN, 4), (OPEN, 9), FINE, None), Outlook.LATE, 9),
        ("a unit after the start only warns", folded(FINE, FINE, (OPEN, 3), FINE), Outlook.AT_RISK, 3),
        ("one says at risk", folded(FINE, (AT_RISK, -1), FINE, FINE), Outlook.AT_RISK, 0),
        ("one is blocked", folded((BLOCKED, None), FINE, FINE, None), Outlook.AT_RISK, 0),
        ("one has not answered", folded(FINE, FINE, FINE, None), Outlook.UNKNOWN, 0),
        ("one names no day", folded(FINE, FINE, FINE, (OPEN, None)), Outlook.UNKNOWN, 0),
        ("ready later than asked", folded((READY, 5), FINE, FINE, FINE), Outlook.ON_TIME, 0),
    ],
)
def test_the_forecast_of_the_start(name: str, readiness: Readiness, outlook: Outlook, days_late: int) -> None:
    told = forecast(readiness, start_date=START, today=TODAY)
    assert told == Forecast(outlook=outlook, days_late=days_late), name


def test_what_is_not_ready_after_the_start_is_late_by_today() -> None:
    readiness = folded((OPEN, -2), FINE, FINE, FINE)
    told = forecast(readiness, start_date=START, today=START + 2 * DAY)
    assert told == Forecast(outlook=Outlook.LATE, days_late=2)


def test_blockers_of_all_departments_are_ordered_by_their_day() -> None:
    readiness = fold(NEW, department="payroll", answer=answer_with(blocked("W4", due=None), blocked("BANK", due=START)))
    readiness = fold(readiness, department="credentialing", answer=answer_with(blocked("DRUG", due=START - DAY)))
    readiness = fold(readiness, department="housing", answer=answer_with(blocked("UNIT", due=START, since=SINCE - DAY)))
    assert [(one.department, one.blocker.code) for one in blockers(readiness)] == [
        ("credentialing", "DRUG"),
        ("housing", "UNIT"),
        ("payroll", "BANK"),
        ("payroll", "W4"),
    ]


LATE, EARLY = START + 5 * DAY, START - 5 * DAY


@pytest.mark.parametrize(
    ("name", "credentialing", "payroll", "code"),
    [
        (
            "the later day",
            answer_with(blocked("A", due=EARLY), expected=EARLY),
            answer_with(blocked("B", due=LATE), expected=LATE),
            "B",
        ),
        (
            "no day is later",
            answer_with(blocked("A", due=LATE)),
            answer_with(blocked("B", due=EARLY), expected=LATE),
            "A",
        ),
        (
            "blocked goes first",
            answer_with(blocked("A", due=EARLY)),
            answer_with(blocked("B", due=LATE), status=BLOCKED, expected=EARLY),
            "B",
        ),
        (
            "equal: the gate",
            answer_with(blocked("A", due=LATE), expected=LATE),
            answer_with(blocked("B", due=EARLY), expected=LATE),
            "A",
        ),
        ("its most urgent one", answer_with(blocked("A", due=None), blocked("C", due=LATE)), answer_with(), "C"),
        ("who is ready blocks nobody", answer_with(blocked("A", due=EARLY), status=READY), answer_with(), None),
    ],
)
def test_the_blocker_on_the_critical_path(
    name: str, credentialing: WorkstreamChanged, payroll: WorkstreamChanged, code: str | None
) -> None:
    readiness = fold(NEW, department="credentialing", answer=credentialing)
    readiness = fold(readiness, department="payroll", answer=payroll)
    first = on_critical_path(readiness)
    assert (first and first.blocker.code) == code, name


def test_ready_is_announced_once_for_each_version_of_the_terms() -> None:
    at = an_assignment(State.ACTIVE)
    told = announce_ready(at, ALL_READY)
    assert told.event == AssignmentReady(assignment_id="asg_1", terms_version=1, state=State.ACTIVE)
    assert told.assignment.version == at.version + 1
    assert announce_ready(told.assignment, ALL_READY) == Changed(assignment=told.assignment)
    wish = TermsChange(effective_on=START, revision=Revision(unit="Step-down 2"))
    changed = change_terms(told.assignment, wish, facility=a_facility(), now=NOW).assignment
    assert announce_ready(changed, ALL_READY).event is None
    again = expect(ALL_READY, terms_version=2)
    for name in FOUR:
        assert announce_ready(changed, again).event is None
        again = fold(again, department=name, answer=an_answer(READY, terms_version=2))
    assert isinstance(announce_ready(changed, again).event, AssignmentReady)


def test_nobody_is_told_that_an_ended_assignment_is_ready() -> None:
    over = cancel(an_assignment(), on=START, reason="low census").assignment
    assert announce_ready(over, ALL_READY) == Changed(assignment=over)
