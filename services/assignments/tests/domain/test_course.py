from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from assignments.domain.assignment import Assignment, Changed
from assignments.domain.course import accept, cancel, confirm, decline, end, follow_work, no_show, start, terminate
from assignments.domain.errors import InvalidTransition, ReasonRequired, TimeRecorded, TooEarly
from services.assignments.tests.builders import END, START, an_assignment, an_offer, some_terms
from shared.contracts.assignments import (
    AssignmentConfirmed,
    AssignmentEnded,
    AssignmentStarted,
    OfferAccepted,
    State,
)
from shared.contracts.event import Event
from shared.errors import Refused

DAY = timedelta(days=1)


def test_an_open_offer_is_version_zero_and_its_terms_are_version_one() -> None:
    made = an_offer(version=7)
    assert (made.state, made.version, made.terms.version) == (State.OFFERED, 0, 1)
    assert made.terms_history[0].effective_on == START


def test_accepting_tells_the_departments_everything_in_the_first_event() -> None:
    changed = accept(an_offer())
    assert changed.event == OfferAccepted(
        assignment_id="asg_1",
        source="ats",
        source_reference="O-1",
        clinician_id="cln_1",
        client_id="cli_1",
        terms=some_terms(),
        state=State.ACCEPTED,
    )
    assert (changed.assignment.state, changed.assignment.version) == (State.ACCEPTED, 1)


def test_confirming_begins_onboarding_at_once_in_one_event() -> None:
    changed = confirm(an_assignment())
    assert changed.event == AssignmentConfirmed(assignment_id="asg_1", terms_version=1, state=State.ONBOARDING)
    assert (changed.assignment.state, changed.assignment.version) == (State.ONBOARDING, 2)


def test_the_first_shift_starts_a_cleared_assignment() -> None:
    changed = start(an_assignment(State.CLEARED), started_on=START, today=START + DAY)
    assert changed.event == AssignmentStarted(
        assignment_id="asg_1", terms_version=1, started_on=START, state=State.ACTIVE
    )
    assert changed.assignment.started_on == START


def test_work_before_clearance_does_not_start_an_assignment() -> None:
    """INVARIANT: nobody is active who was not cleared.

    What breaks it: a row of the table that starts from another state than cleared, or a command that sets the state
    without asking the table.
    """
    for state in (State.ACCEPTED, State.ONBOARDING):
        with pytest.raises(InvalidTransition):
            start(an_assignment(state), started_on=START, today=START)


def ended(state: State, *, on: object, reason: str | None = None) -> Callable[[Event | None], bool]:
    def matches(event: Event | None) -> bool:
        return isinstance(event, AssignmentEnded) and (event.state, event.ended_on, event.reason) == (
            state,
            on,
            reason,
        )

    return matches


ENDINGS: list[tuple[str, Assignment, Callable[[Assignment], Changed], Callable[[Event | None], bool]]] = [
    ("declined", an_offer(), lambda a: decline(a, on=START), ended(State.DECLINED, on=START)),
    (
        "declined with a reason",
        an_offer(),
        lambda a: decline(a, on=START, reason="  better offer "),
        ended(State.DECLINED, on=START, reason="better offer"),
    ),
    (
        "cancelled as an offer",
        an_offer(),
        lambda a: cancel(a, on=START, reason="unit closed"),
        ended(State.FELL_OFF, on=START, reason="unit closed"),
    ),
    (
        "cancelled when cleared",
        an_assignment(State.CLEARED),
        lambda a: cancel(a, on=START, reason="low census"),
        ended(State.FELL_OFF, on=START, reason="low census"),
    ),
    (
        "did not come",
        an_assignment(State.CLEARED),
        lambda a: no_show(a, today=START),
        ended(State.NO_SHOW, on=START),
    ),
    (
        "completed as of its last day",
        an_assignment(State.ACTIVE),
        lambda a: end(a, today=END + 5 * DAY),
        ended(State.COMPLETED, on=END),
    ),
    (
        "terminated",
        an_assignment(State.ACTIVE),
        lambda a: terminate(a, on=START + DAY, reason="for cause"),
        ended(State.TERMINATED, on=START + DAY, reason="for cause"),
    ),
]


@pytest.mark.parametrize(("name", "before", "command", "matches"), ENDINGS, ids=[row[0] for row in ENDINGS])
def test_an_ending_is_told_once_and_remembered(
    name: str,
    before: Assignment,
    command: Callable[[Assignment], Changed],
    matches: Callable[[Event | None], bool],
) -> None:
    changed = command(before)
    assert matches(changed.event), name
    after = changed.assignment
    assert isinstance(changed.event, AssignmentEnded)
    assert (after.state, after.ended_on, after.reason) == (
        changed.event.state,
        changed.event.ended_on,
        changed.event.reason,
    )
    assert after.version == before.version + 1
    assert after.terms_history == before.terms_history


REFUSED: list[tuple[str, Assignment, Callable[[Assignment], object], type[Refused], str]] = [
    (
        "cancel without a reason",
        an_assignment(),
        lambda a: cancel(a, on=START, reason=" "),
        ReasonRequired,
        "A reason is needed to cancel an assignment.",
    ),
    (
        "cancel when active",
        an_assignment(State.ACTIVE),
        lambda a: cancel(a, on=START, reason="low census"),
        InvalidTransition,
        "An assignment that is active does not know the step cancel.",
    ),
    (
        "start before the first day",
        an_assignment(State.CLEARED),
        lambda a: start(a, started_on=START - DAY, today=START),
        TooEarly,
        "On 2026-02-01 it is too early to start: the assignment runs from 2026-02-02 through 2026-05-02.",
    ),
    (
        "arrive tomorrow",
        an_assignment(State.CLEARED),
        lambda a: start(a, started_on=START + DAY, today=START),
        TooEarly,
        "On 2026-02-02 it is too early to start: the assignment runs from 2026-02-02 through 2026-05-02.",
    ),
    (
        "a no-show who worked",
        an_assignment(State.CLEARED),
        lambda a: no_show(replace(a, time_recorded=True), today=START),
        TimeRecorded,
        "A clinician whose time is recorded is not a no-show.",
    ),
    (
        "end before the last day",
        an_assignment(State.ACTIVE),
        lambda a: end(a, today=END - DAY),
        TooEarly,
        "On 2026-05-01 it is too early to end: the assignment runs from 2026-02-02 through 2026-05-02.",
    ),
    (
        "terminate before it started",
        an_assignment(State.ACTIVE),
        lambda a: terminate(a, on=START - DAY, reason="for cause"),
        TooEarly,
        "On 2026-02-01 it is too early to terminate: the assignment runs from 2026-02-02 through 2026-05-02.",
    ),
    (
        "accept twice",
        an_assignment(),
        accept,
        InvalidTransition,
        "An assignment that is accepted does not know the step accept.",
    ),
]


@pytest.mark.parametrize(("name", "at", "command", "refusal", "said"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refusal_says_why(
    name: str,
    at: Assignment,
    command: Callable[[Assignment], object],
    refusal: type[Refused],
    said: str,
) -> None:
    with pytest.raises(refusal) as caught:
        command(at)
    assert str(caught.value) == said, name


WORK = [
    ("the first day of a cleared one", State.CLEARED, 0, State.ACTIVE, False),
    ("orientation before the start", State.CLEARED, -2, State.CLEARED, True),
    ("work before clearance", State.ONBOARDING, 0, State.ONBOARDING, True),
    ("a later shift", State.ACTIVE, 3, State.ACTIVE, False),
]


@pytest.mark.parametrize(("name", "before", "days", "after", "remembered"), WORK, ids=[row[0] for row in WORK])
def test_a_worked_shift_starts_what_may_start_and_is_remembered_otherwise(
    name: str, before: State, days: int, after: State, *, remembered: bool
) -> None:
    at = an_assignment(before)
    changed = follow_work(at, worked_on=START + days * DAY, today=START + 5 * DAY)
    assert (changed.assignment.state, changed.assignment.time_recorded) == (after, remembered), name
    assert (changed.event is not None) is (before is not after), name


def test_work_changes_nothing_about_an_assignment_that_is_over() -> None:
    over = cancel(an_assignment(), on=START, reason="low census").assignment
    assert follow_work(over, worked_on=START, today=START) == Changed(assignment=over)
