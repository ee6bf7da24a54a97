"""An assignment's way, as timekeeping sees it: events in, shifts planned, workstream, work items and shifts out."""

from dataclasses import replace
from datetime import date, timedelta

from services.timekeeping.tests.builders import (
    a_day_worked,
    a_facility,
    a_grant,
    a_revocation,
    an_end,
    an_offer,
    days_in,
    shift_on,
    some_terms,
    utc,
)
from shared.contracts.assignments import AssignmentChanged, AssignmentConfirmed, State, Why
from shared.contracts.timekeeping import ShiftMissed, ShiftWorked
from shared.contracts.workstreams import Status, WorkItemOpened, WorkItemWithdrawn, WorkstreamChanged
from shared.db.work import Works
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.principal import Principal
from shared.testing.events import a_record
from shared.testing.house import House
from timekeeping.app.record_missed import RecordMissed, record_missed
from timekeeping.app.record_worked import RecordWorked, record_worked
from timekeeping.domain.plan import Plan
from timekeeping.domain.shift import MissedReason, ShiftState
from timekeeping.storage import plans

START = date(2026, 2, 2)
OFFER = an_offer(terms=some_terms(start_date=START, end_date=date(2026, 5, 3)))
CANCELLED = an_end(State.FELL_OFF, date(2026, 1, 6))


def pushed(days: int) -> AssignmentChanged:
    start, end = START + timedelta(days=days), OFFER.terms.end_date + timedelta(days=days)
    return AssignmentChanged(
        assignment_id=OFFER.assignment_id,
        clinician_id=OFFER.clinician_id,
        terms=replace(OFFER.terms, version=2, start_date=start, end_date=end),
        changed=("start_date", "end_date"),
        effective_on=start,
        why=Why.START_PUSHED,
        state=State.ONBOARDING,
    )


async def stored(works: Works) -> Plan:
    async with works.begin(Principal(subject="reader")) as work:
        plan = await plans.find_for_assignment(work.session, OFFER.assignment_id)
    assert plan is not None
    return plan


async def test_an_accepted_offer_opens_one_plan_and_asks_for_clock_and_approvers(house: House, works: Works) -> None:
    await house.say(a_facility(), OFFER)
    (said,) = await house.said(WorkstreamChanged)
    opened = await house.said(WorkItemOpened)
    assert (said.status, said.done, said.total) == (Status.OPEN, 1, 3)
    assert [item.kind for item in opened] == ["register_clock", "name_approvers"]
    assert {blocker.work_item_id for blocker in said.blockers} == {item.work_item_id for item in opened}
    assert len(days_in(await stored(works), ShiftState.PLANNED)) == 39


async def test_the_same_offer_delivered_twice_opens_one_plan(house: House, works: Works, handlers: Handlers) -> None:
    await house.say(a_facility())
    again = a_record(OFFER, topic="assignments.assignment.v1", source="/firstshift/assignments")
    for records in ([again, again], [again]):
        await Delivery(works, handlers).deliver(records)
    assert (len(await house.said(WorkstreamChanged)), (await stored(works)).version) == (1, 1)


async def test_an_offer_that_comes_before_its_facility_waits_for_it(house: House) -> None:
    await house.say_anyhow(OFFER)
    assert [reason for reason, _ in await house.parked()] == ["unavailable"]
    await house.say_anyhow(a_facility())
    await house.make_due()
    await house.settle()
    assert (len(await house.said(WorkstreamChanged)), await house.parked()) == (1, [])


async def test_clearances_that_come_before_the_offer_wait_for_it_in_their_order(house: House, works: Works) -> None:
    await house.say_anyhow(a_facility(), a_grant(date(2026, 3, 31)), a_revocation(), a_grant(date(2026, 5, 3)))
    assert len(await house.parked()) == 3
    await house.say_anyhow(OFFER)
    await house.make_due()
    await house.settle()
    assert await house.parked() == []
    granted = [(given.valid_through, given.ended_because) for given in (await stored(works)).clearances]
    assert granted == [(date(2026, 3, 31), "license_expired"), (date(2026, 5, 3), None)]


async def test_a_clearance_counts_from_its_decision_and_not_from_its_arrival(
    house: House, works: Works, handlers: Handlers
) -> None:
    """INVARIANT: shifts between the decision and its arrival are judged as if it had come at once.

    What breaks it: dating the clearance by the clock of whoever hears of it.
    """
    await house.say(a_facility(), OFFER)
    decided = {a_grant(date(2026, 5, 3)): utc("2026-01-03T09:00"), a_revocation(): utc("2026-01-04T21:30")}
    for version, (event, at) in enumerate(decided.items(), start=1):
        late = a_record(
            event, topic="credentialing.clearance.v1", source="/firstshift/credentialing", time=at, version=version
        )
        await Delivery(works, handlers).deliver([late])
    (given,) = (await stored(works)).clearances
    assert [given.granted_at, given.ended_at] == list(decided.values())


async def test_a_pushed_start_moves_the_shifts_and_answers_the_new_terms(house: House, works: Works) -> None:
    await house.say(a_facility(), OFFER, pushed(14))
    plan = await stored(works)
    planned = days_in(plan, ShiftState.PLANNED)
    assert (planned[0], len(planned), len(days_in(plan, ShiftState.VOID))) == (START + timedelta(days=14), 39, 6)
    assert [said.terms_version for said in await house.said(WorkstreamChanged)] == [1, 2]
    assert plan.assignment_state is State.ONBOARDING


async def test_a_cancelled_assignment_voids_its_shifts_and_withdraws_its_work_items(house: House, works: Works) -> None:
    await house.say(a_facility(), OFFER, CANCELLED)
    opened, withdrawn = await house.said(WorkItemOpened), await house.said(WorkItemWithdrawn)
    assert (await house.said(WorkstreamChanged))[-1].status is Status.CLOSED
    assert {item.work_item_id for item in withdrawn} == {item.work_item_id for item in opened}
    assert {item.reason for item in withdrawn} == {"assignment_ended"}
    assert len(days_in(await stored(works), ShiftState.VOID)) == 39


async def test_events_after_the_end_are_recorded_and_change_nothing(house: House, works: Works) -> None:
    await house.say(a_facility(), OFFER, CANCELLED)
    before, plan = await house.said(WorkstreamChanged), await stored(works)
    late = AssignmentConfirmed(assignment_id=OFFER.assignment_id, terms_version=1)
    await house.say(pushed(14), late, a_facility(time_zone="America/Denver"))
    after = await stored(works)
    assert await house.said(WorkstreamChanged) == before
    assert replace(after, version=plan.version) == plan


async def test_another_time_zone_of_the_facility_moves_the_shifts_there(house: House, works: Works) -> None:
    await house.say(a_facility(), OFFER, a_facility(time_zone="America/Denver"))
    before = utc("2026-02-02T13:00")
    plan = await stored(works)
    first = shift_on(plan, START).expected
    assert first is not None
    assert (plan.time_zone, first.starts_at - before) == ("America/Denver", timedelta(hours=1))


async def test_another_name_of_the_facility_touches_no_plan(house: House, works: Works) -> None:
    await house.say(a_facility(), OFFER, a_facility(name="Prairie Lake Medical Center"))
    assert (await stored(works)).version == 1


async def test_what_became_of_shifts_is_said_by_shift_and_counted_by_shift(house: House, works: Works) -> None:
    await house.say(a_facility(), OFFER, CANCELLED)  # a punch is never refused: not even now
    plan_id, days = (await stored(works)).plan_id, (START, START, START + timedelta(days=1))
    for day, hour in zip(days, (13, 19, 13), strict=True):
        started_at = utc(f"{day}T{hour}:00")
        worked = a_day_worked(day, started_at=started_at, ended_at=started_at + timedelta(hours=5))
        async with works.begin(Principal(subject="per_specialist")) as work:
            await record_worked(work, RecordWorked(plan_id=plan_id, work_date=day, worked=worked))
    said = await house.said(ShiftWorked)
    assert [(shift.work_date, shift.worked_minutes) for shift in said] == [(day, 270) for day in days]
    assert await house.versions_said("timekeeping.shift.v1") == {shift.shift_id: [1] for shift in said}
    assert len({shift.shift_id for shift in said}) == 3


async def test_every_stream_counts_its_versions_without_gaps(house: House, works: Works) -> None:
    await house.say(a_facility(), OFFER, pushed(14))
    plan_id, day = (await stored(works)).plan_id, START + timedelta(days=14)
    async with works.begin(Principal(subject="per_specialist")) as work:
        await record_missed(work, RecordMissed(plan_id=plan_id, work_date=day, reason=MissedReason.NO_SHOW))
    async with works.begin(Principal(subject="per_specialist")) as work:
        await record_worked(work, RecordWorked(plan_id=plan_id, work_date=day, worked=a_day_worked(day)))
    await house.say(CANCELLED)
    (missed,) = await house.said(ShiftMissed)
    assert await house.versions_said("timekeeping.shift.v1") == {missed.shift_id: [1, 2]}
    for topic in ("workstream", "work_item"):
        for versions in (await house.versions_said(f"timekeeping.{topic}.v1")).values():
            assert versions == list(range(1, len(versions) + 1))
