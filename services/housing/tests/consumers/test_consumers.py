"""An assignment's way, as housing sees it: events in; workstream, work items and costs out."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from housing.app.book_unit import BookUnit, book_unit
from housing.app.check_out import CheckOut, check_out
from housing.app.choose_unit import ChooseUnit, choose_unit
from housing.app.record_liability import RecordLiability, record_liability
from housing.storage import cases
from services.housing.tests.builders import TODAY, a_facility, an_end, an_offer, some_pay, some_terms, stipend_terms
from shared.contracts.assignments import (
    AgreementSigned,
    AssignmentChanged,
    AssignmentCleared,
    AssignmentConfirmed,
    State,
    Why,
)
from shared.contracts.housing import HousingCostChanged
from shared.contracts.terms import Terms
from shared.contracts.workstreams import (
    Status,
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)
from shared.money import Money
from shared.principal import Principal

ASSIGNMENT = "asg_1"
SIGNED = AgreementSigned(assignment_id=ASSIGNMENT, terms_version=1, document_sha256="ab" * 32)
CONFIRMED = AssignmentConfirmed(assignment_id=ASSIGNMENT, terms_version=1)
CLEARED = AssignmentCleared(assignment_id=ASSIGNMENT, terms_version=1, valid_through=date(2026, 4, 5))
CANCELLED = an_end(State.FELL_OFF, date(2025, 12, 3))


def changed(terms: Terms, why: Why, *, effective_on: date = TODAY) -> AssignmentChanged:
    """These terms, with the assignment back in onboarding."""
    return AssignmentChanged(
        assignment_id=ASSIGNMENT,
        clinician_id="cln_1",
        terms=terms,
        changed=("end_date",) if why is Why.EXTENDED else ("pay_package",),
        effective_on=effective_on,
        why=why,
        state=State.ONBOARDING,
    )


EXTENDED = changed(some_terms(version=2, end_date=date(2026, 5, 3)), Why.EXTENDED)
RAISED = changed(
    stipend_terms(version=2, pay_package=some_pay(lodging_per_week=Decimal("800.00"))),
    Why.RATE_CHANGED,
    effective_on=date(2026, 3, 1),
)


async def stored(works):
    async with works.begin(Principal(subject="reader")) as work:
        return await cases.find_for_assignment(work.session, ASSIGNMENT)


async def does(works, use_case, command):
    async with works.begin(Principal(subject="per_specialist")) as work:
        return await use_case(work, command)


async def still_open(house):
    """The kinds of the work items that are open now."""
    opened = {item.work_item_id: item.kind for item in await house.said(WorkItemOpened)}
    for ended in (*await house.said(WorkItemCompleted), *await house.said(WorkItemWithdrawn)):
        opened.pop(ended.work_item_id)
    return sorted(opened.values())


@pytest.fixture
async def booked(house, works):
    """The id of a case with a unit at 420.00 a week booked for all nights."""
    await house.say(a_facility(), an_offer(), SIGNED, CONFIRMED)
    case_id = (await stored(works)).case_id
    chosen = ChooseUnit(case_id=case_id, reference="unit-7", name="Harbor View 7", rent_per_week=Decimal("420.00"))
    await does(works, choose_unit, chosen)
    await does(works, book_unit, BookUnit(case_id=case_id, booking_reference="HV-100"))
    return case_id


async def test_an_accepted_offer_opens_one_case_and_says_what_is_missing(house):
    await house.say(a_facility(), an_offer())
    house.versions.clear()
    await house.say(an_offer())  # the broker delivers it again
    [said] = await house.said(WorkstreamChanged)
    opened = await house.said(WorkItemOpened)
    assert (said.status, said.done, said.total) == (Status.OPEN, 0, 2)
    assert await still_open(house) == ["choose_unit", "record_agreement"]
    named = {blocker.work_item_id for blocker in said.blockers} - {None}
    assert named == {item.work_item_id for item in opened}
    assert await house.said(HousingCostChanged) == []


async def test_an_offer_that_comes_before_its_facility_waits_for_it(house):
    await house.say_anyhow(an_offer())
    assert [reason for reason, _ in await house.parked()] == ["unavailable"]
    await house.say_anyhow(a_facility())
    await house.make_due()
    await house.settle()
    assert (len(await house.said(WorkstreamChanged)), await house.parked()) == (1, [])


async def test_a_stipend_is_told_once_and_again_when_it_is_raised_from_the_day_that_holds(house):
    await house.say(a_facility(), an_offer(terms=stipend_terms()), CONFIRMED, SIGNED, RAISED)
    told = [[(cost.per_week, cost.from_date) for cost in one.costs] for one in await house.said(HousingCostChanged)]
    first, raised = (Decimal("770.00"), date(2026, 1, 5)), (Decimal("800.00"), date(2026, 3, 1))
    assert told == [[first], [first, raised]]


async def test_a_booked_unit_makes_the_workstream_ready_and_tells_its_cost(house, booked):
    [told] = await house.said(HousingCostChanged)
    assert (await house.said(WorkstreamChanged))[-1].status is Status.READY
    assert [(told.case_id, cost.per_week) for cost in told.costs] == [(booked, Decimal("420.00"))]
    assert await still_open(house) == []
    assert {item.kind for item in await house.said(WorkItemCompleted)} == {
        "record_agreement",
        "choose_unit",
        "book_unit",
    }


async def test_an_extension_asks_for_the_unit_again_and_answers_the_new_terms(house, works, booked):
    await house.say(CLEARED, EXTENDED)
    latest = (await house.said(WorkstreamChanged))[-1]
    assert (latest.terms_version, latest.status is Status.READY, latest.done) == (2, False, 0)
    assert await still_open(house) == ["choose_unit"]
    case = await stored(works)
    assert case.unit.booking is not None  # what was committed is not given up
    assert case.assignment_state is State.ONBOARDING


async def test_a_cancelled_assignment_gives_the_unit_up_and_keeps_only_what_is_owed(house, works, booked):
    await house.say(CANCELLED)
    closed = await house.said(WorkstreamChanged)
    assert closed[-1].status is Status.CLOSED
    assert [told.costs for told in await house.said(HousingCostChanged)][-1] == ()
    assert await still_open(house) == ["check_liability"]
    await does(works, record_liability, RecordLiability(case_id=booked, number=1, owed=Money.of("840.00")))
    assert await still_open(house) == []
    assert (await house.said(WorkItemCompleted))[-1].kind == "check_liability"
    assert await house.said(WorkstreamChanged) == closed


async def test_a_case_nobody_arranged_withdraws_everything_at_the_end(house):
    await house.say(a_facility(), an_offer(), CANCELLED)
    withdrawn = await house.said(WorkItemWithdrawn)
    assert await still_open(house) == []
    assert [item.reason for item in withdrawn] == ["assignment_ended"] * 2


async def test_a_completed_assignment_still_asks_to_check_out(house, works, booked):
    await house.say(an_end(State.COMPLETED, date(2026, 4, 5)))
    assert await still_open(house) == ["check_out"]
    await does(works, check_out, CheckOut(case_id=booked, on=date(2026, 4, 6)))
    assert await still_open(house) == []
    assert (await house.said(WorkItemCompleted))[-1].kind == "check_out"


async def test_events_after_the_end_are_recorded_and_change_nothing(house, works):
    await house.say(a_facility(), an_offer(), CANCELLED)
    before, case = await house.said(WorkstreamChanged), await stored(works)
    await house.say(EXTENDED, CONFIRMED, SIGNED, a_facility(time_zone="America/Denver"))
    assert await house.said(WorkstreamChanged) == before
    assert replace(await stored(works), version=0) == replace(case, version=0)


async def test_a_corrected_time_zone_moves_the_hour_at_which_work_is_due(house):
    await house.say(a_facility(), an_offer(), a_facility(time_zone="America/Denver"))
    due = {(item.kind, item.due_at) for item in await house.said(WorkItemOpened) if item.kind == "choose_unit"}
    assert due == {
        ("choose_unit", datetime(2025, 12, 22, 6, tzinfo=UTC)),  # midnight in Chicago
        ("choose_unit", datetime(2025, 12, 22, 7, tzinfo=UTC)),  # midnight in Denver
    }


async def test_what_housing_does_not_use_of_a_facility_leaves_its_cases_alone(house, works):
    await house.say(a_facility(), an_offer())
    before = await stored(works)
    await house.say(a_facility(name="Prairie Lake Medical Center", orientation_days=2))
    assert await stored(works) == before


async def test_every_stream_counts_its_versions_without_gaps(house, booked):
    await house.say(EXTENDED, CANCELLED)
    said = {topic: await house.versions_said(f"housing.{topic}.v1") for topic in ("case", "workstream", "work_item")}
    assert said["case"] == {booked: [1, 2]}
    assert len(said["workstream"]) == 1
    for streams in said.values():
        assert all(versions == list(range(1, len(versions) + 1)) for versions in streams.values())
