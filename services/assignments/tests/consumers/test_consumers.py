"""What the departments say, and what an assignment makes of it: events in, the assignment's own events out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assignments.app.change_assignment import Command
from assignments.app.confirm_assignment import ConfirmAssignment, confirm_assignment
from assignments.app.push_start import PushStart, push_start
from assignments.app.report_no_show import report_no_show
from assignments.domain.errors import TimeRecorded
from assignments.storage import assignments, readiness
from services.assignments.tests.builders import START, VALID_THROUGH
from shared.contracts.assignments import (
    AssignmentCleared,
    AssignmentConfirmed,
    AssignmentReady,
    AssignmentReopened,
    AssignmentStarted,
    OfferAccepted,
    State,
)
from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.timekeeping import ShiftWorked
from shared.contracts.workstreams import Status, WorkstreamChanged
from shared.principal import Principal

COORDINATOR = Principal(subject="per_coordinator")
TOPIC = "assignments.assignment.v1"
DAY = timedelta(days=1)


def answer(assignment, status=Status.READY, *, terms_version=1):
    return WorkstreamChanged(
        assignment_id=assignment.assignment_id, terms_version=terms_version, status=status, done=3, total=3
    )


def granted(assignment, *, through: date = VALID_THROUGH, terms_version=1):
    return ClearanceGranted(assignment_id=assignment.assignment_id, terms_version=terms_version, valid_through=through)


def worked(assignment, on: date, shift_id="shf_1"):
    begun = datetime(on.year, on.month, on.day, 13, tzinfo=UTC)
    return ShiftWorked(
        shift_id=shift_id,
        assignment_id=assignment.assignment_id,
        terms_version=1,
        work_date=on,
        started_at=begun,
        ended_at=begun + timedelta(hours=12),
        worked_minutes=690,
    )


async def stored(works, assignment):
    async with works.begin(COORDINATOR) as work:
        return await assignments.to_read(work.session, assignment.assignment_id)


async def lights(works, assignment):
    async with works.begin(COORDINATOR) as work:
        return await readiness.to_read(work.session, assignment.assignment_id)


async def given(works, assignment, use_case, command=Command, **asked):
    """A coordinator gives a command on the assignment as it is."""
    at = await stored(works, assignment)
    async with works.begin(COORDINATOR, seen_version=at.version) as work:
        return await use_case(work, command(assignment_id=at.assignment_id, **asked))


async def test_ready_is_said_once_when_all_four_are(house, works, accepted):
    for department in DEPARTMENTS:
        assert await house.said(AssignmentReady) == []
        await house.say(answer(accepted), publisher=department)
    await house.say(answer(accepted), publisher="payroll")
    (ready,) = await house.said(AssignmentReady)
    assert (ready.terms_version, ready.state) == (1, State.ACCEPTED)
    assert (await lights(works, accepted)).is_ready
    assert await house.versions_said(TOPIC) == {accepted.assignment_id: [1, 2]}


async def test_an_answer_keeps_its_light_and_leaves_the_assignment_alone(house, works, accepted):
    await house.say(answer(accepted, Status.BLOCKED), publisher="housing")
    shown = {light.department: light for light in (await lights(works, accepted)).lights}
    assert (shown["housing"].status, shown["payroll"].is_awaited) == (Status.BLOCKED, True)
    assert await stored(works, accepted) == accepted


async def test_new_terms_await_everybody_again_and_ignore_answers_to_the_old(house, works, accepted):
    await house.say(answer(accepted), publisher="payroll")
    await given(works, accepted, push_start, PushStart, new_start=START + 14 * DAY)
    await house.say(answer(accepted, Status.BLOCKED), publisher="housing")
    assert all(light.is_awaited for light in (await lights(works, accepted)).lights)
    await house.say(answer(accepted, terms_version=2), publisher="housing")
    assert [light.is_ready for light in (await lights(works, accepted)).lights] == [False, False, True, False]


async def test_an_answer_about_an_unknown_assignment_is_parked(house, works, accepted):
    await house.say_anyhow(
        WorkstreamChanged(assignment_id="asg_9", terms_version=1, status=Status.OPEN, done=0, total=1)
    )
    assert [reason for reason, _ in await house.parked()] == ["failed"]


async def test_an_early_clearance_is_remembered_and_applied_with_the_confirmation(house, works, accepted):
    await house.say(granted(accepted))
    assert await house.said(AssignmentCleared) == []
    confirmed = await given(works, accepted, confirm_assignment, ConfirmAssignment)
    assert (confirmed.state, confirmed.version) == (State.CLEARED, 3)
    assert [event.valid_through for event in await house.said(AssignmentCleared)] == [VALID_THROUGH]
    assert len(await house.said(AssignmentConfirmed)) == 1
    assert await house.versions_said(TOPIC) == {accepted.assignment_id: [1, 2, 3]}


async def test_a_revoked_clearance_reopens_the_assignment(house, works, accepted):
    await given(works, accepted, confirm_assignment, ConfirmAssignment)
    revoked = ClearanceRevoked(assignment_id=accepted.assignment_id, terms_version=1, reason="license_lapsed")
    await house.say(granted(accepted), revoked)
    (reopened,) = await house.said(AssignmentReopened)
    assert (reopened.reason, (await stored(works, accepted)).state) == ("license_lapsed", State.ONBOARDING)


LATE_OR_SHORT = [
    ("ends before the start", {"through": START - DAY}),
    ("for terms that are not ours", {"terms_version": 2}),
]


@pytest.mark.parametrize(("name", "grant"), LATE_OR_SHORT, ids=[row[0] for row in LATE_OR_SHORT])
async def test_a_clearance_that_does_not_do_changes_nothing_and_is_not_parked(house, works, accepted, name, grant):
    await house.say(granted(accepted, **grant))
    assert await stored(works, accepted) == accepted, name


async def test_the_first_shift_of_a_cleared_assignment_starts_it_once(house, works, accepted, clock):
    await given(works, accepted, confirm_assignment, ConfirmAssignment)
    await house.say(granted(accepted))
    clock.advance(timedelta(days=30))
    await house.say(worked(accepted, START), worked(accepted, START + DAY, "shf_2"))
    (started,) = await house.said(AssignmentStarted)
    assert (started.started_on, (await stored(works, accepted)).state) == (START, State.ACTIVE)
    assert await house.versions_said(TOPIC) == {accepted.assignment_id: [1, 2, 3, 4]}


async def test_work_before_clearance_starts_nothing_but_rules_out_a_no_show(house, works, accepted, clock):
    await given(works, accepted, confirm_assignment, ConfirmAssignment)
    clock.advance(timedelta(days=30))
    await house.say(worked(accepted, START), granted(accepted))
    assert ((await stored(works, accepted)).state, await house.said(AssignmentStarted)) == (State.CLEARED, [])
    with pytest.raises(TimeRecorded):
        await given(works, accepted, report_no_show)


async def test_an_accepted_offer_tells_the_departments_everything(house, accepted):
    (said,) = await house.said(OfferAccepted)
    assert (said.assignment_id, said.terms, said.source_reference) == (accepted.assignment_id, accepted.terms, "O-1")
