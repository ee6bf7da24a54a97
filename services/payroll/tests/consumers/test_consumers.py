"""An assignment's way, as payroll sees it: events in, workstream and work items out."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from payroll.app.accept_package import AcceptPackage, accept_package
from payroll.storage import profiles
from services.payroll.tests.builders import (
    MONDAY_START,
    SATURDAY_END,
    an_end,
    an_offer,
    some_facility,
    some_package,
    some_terms,
    terms_paying,
)
from shared.contracts.assignments import AssignmentChanged, AssignmentConfirmed, AssignmentStarted, State, Why
from shared.contracts.terms import Terms
from shared.contracts.workstreams import (
    Status,
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)
from shared.messaging.delivery import Delivery
from shared.principal import Principal
from shared.testing.events import an_envelope, recorded

SPECIALIST = Principal(subject="per_specialist")
PIECES = ["collect_pay_method", "collect_state_withholding", "collect_tax_home_declaration", "collect_w4"]
DOUBTFUL = terms_paying(lodging_per_week=Decimal(900))
CANCELLED = an_end(State.FELL_OFF, date(2026, 1, 20))
STARTED = AssignmentStarted(assignment_id="asg_1", terms_version=1, started_on=MONDAY_START)


def changed(terms: Terms, why: Why, *, on: date = MONDAY_START) -> AssignmentChanged:
    return AssignmentChanged(
        assignment_id="asg_1",
        clinician_id="cln_1",
        terms=terms,
        changed=("start_date",),
        effective_on=on,
        why=why,
        state=State.ONBOARDING,
    )


PUSHED = changed(
    some_terms(version=2, start_date=date(2026, 2, 16), end_date=SATURDAY_END + timedelta(days=14)), Why.START_PUSHED
)


async def stored(works, assignment_id="asg_1"):
    async with works.begin(Principal(subject="reader")) as work:
        return await profiles.find_for_assignment(work.session, assignment_id)


async def accept(works) -> None:
    profile = await stored(works)
    async with works.begin(SPECIALIST) as work:
        await accept_package(work, AcceptPackage(profile_id=profile.profile_id, note="Locality rate is 191."))


def kinds(events) -> list[str]:
    return sorted(event.kind for event in events)


async def test_an_accepted_offer_opens_a_profile_and_says_what_is_missing(house):
    await house.say(some_facility(), an_offer())
    (said,) = await house.said(WorkstreamChanged)
    opened = await house.said(WorkItemOpened)
    assert (said.status, said.done, said.total, said.terms_version) == (Status.OPEN, 1, 5, 1)
    assert kinds(opened) == PIECES
    assert {blocker.work_item_id for blocker in said.blockers} == {item.work_item_id for item in opened}


async def test_an_offer_that_comes_twice_opens_one_profile(house, works, handlers):
    await house.say(some_facility())
    letter = an_envelope(
        an_offer(), topic="assignments.assignment.v1", source="/firstshift/assignments", actor="system:assignments"
    )
    for _ in range(2):
        await Delivery(works, handlers).deliver([recorded(letter), recorded(letter)])
    assert (len(await house.said(WorkstreamChanged)), (await stored(works)).version) == (1, 1)
    assert await house.parked() == []


async def test_an_offer_that_comes_before_its_facility_waits_for_it(house):
    await house.say_anyhow(an_offer())
    assert [reason for reason, _ in await house.parked()] == ["unavailable"]
    await house.say_anyhow(some_facility())
    await house.make_due()
    await house.settle()
    assert (len(await house.said(WorkstreamChanged)), await house.parked()) == (1, [])


async def test_a_package_that_pays_too_little_is_the_recruiters_move(house):
    await house.say(some_facility(), an_offer(terms_paying(hourly_rates={"REG": Decimal("12.00")})))
    (said,) = await house.said(WorkstreamChanged)
    assert said.status is Status.BLOCKED
    assert (said.blockers[0].code, said.blockers[0].owner) == ("rate_below_minimum_wage", "recruiter")


async def test_a_push_moves_every_due_date_and_answers_the_new_terms(house):
    await house.say(some_facility(), an_offer(), PUSHED)
    opened = await house.said(WorkItemOpened)
    before, after = opened[:4], opened[4:]
    assert (await house.said(WorkstreamChanged))[-1].terms_version == 2
    assert {item.work_item_id for item in after} == {item.work_item_id for item in before}
    assert {item.due_at for item in after} == {datetime(2026, 2, 25, 12, tzinfo=timezone(timedelta(hours=-5)))}


async def test_older_terms_change_nothing(house):
    await house.say(some_facility(), an_offer(), PUSHED)
    before = await house.said(WorkstreamChanged)
    await house.say(changed(some_terms(version=1), Why.AMENDED))
    assert await house.said(WorkstreamChanged) == before


async def test_a_review_is_opened_anew_when_the_money_changes(house, works):
    await house.say(some_facility(), an_offer(DOUBTFUL))
    await accept(works)
    dearer = replace(DOUBTFUL, version=2, pay_package=some_package(lodging_per_week=Decimal(950)))
    await house.say(changed(dearer, Why.RATE_CHANGED))
    reviews = [item for item in await house.said(WorkItemOpened) if item.kind == "review_pay_package"]
    assert [item.work_item_id for item in await house.said(WorkItemCompleted)] == [reviews[0].work_item_id]
    assert len({item.work_item_id for item in reviews}) == 2


async def test_an_accepted_package_needs_no_second_review_when_only_the_start_moves(house, works):
    await house.say(some_facility(), an_offer(DOUBTFUL))
    await accept(works)
    await house.say(changed(replace(DOUBTFUL, version=2, start_date=date(2026, 2, 16)), Why.START_PUSHED))
    assert (await house.said(WorkstreamChanged))[-1].done == 1
    assert len(await house.said(WorkItemCompleted)) == 1


async def test_a_corrected_state_asks_for_its_form_and_withdraws_the_other(house, works):
    await house.say(some_facility(), an_offer(), some_facility("CA"))
    (withdrawn,) = await house.said(WorkItemWithdrawn)
    asked = (await house.said(WorkItemOpened))[-1]
    assert (withdrawn.kind, withdrawn.reason) == ("collect_state_withholding", "no_longer_needed")
    assert asked.actions[0].path.endswith("/pieces/state_withholding_ca:record")
    assert (await stored(works)).work_state == "CA"


async def test_a_facility_that_changes_otherwise_does_not_touch_profiles(house, works):
    await house.say(some_facility(), an_offer(), some_facility(name="Saguaro Medical Center"))
    assert (await stored(works)).version == 1


async def test_a_cancelled_assignment_undoes_its_pay_and_withdraws_every_work_item(house, works):
    await house.say(some_facility(), an_offer(), CANCELLED)
    opened, withdrawn = await house.said(WorkItemOpened), await house.said(WorkItemWithdrawn)
    assert (await house.said(WorkstreamChanged))[-1].status is Status.CLOSED
    assert {item.work_item_id for item in withdrawn} == {item.work_item_id for item in opened}
    assert {item.reason for item in withdrawn} == {"assignment_fell_off"}
    assert (await stored(works)).closing.undone == (
        "pay_periods_cancelled",
        "stipends_cancelled",
        "onboarding_requests_withdrawn",
    )


async def test_final_pay_still_asks_for_its_pieces(house):
    await house.say(some_facility(), an_offer(), STARTED, an_end(State.TERMINATED, date(2026, 2, 20)))
    assert (await house.said(WorkstreamChanged))[-1].status is Status.CLOSED
    assert await house.said(WorkItemWithdrawn) == []


async def test_events_after_the_end_are_recorded_and_change_nothing(house):
    await house.say(some_facility(), an_offer(), CANCELLED)
    before = await house.said(WorkstreamChanged)
    await house.say(PUSHED, AssignmentConfirmed(assignment_id="asg_1", terms_version=1), some_facility("CA"))
    assert await house.said(WorkstreamChanged) == before


async def test_an_assignment_that_was_never_accepted_is_none_of_payrolls(house):
    await house.say(some_facility(), AssignmentConfirmed(assignment_id="asg_1", terms_version=1), PUSHED, CANCELLED)
    assert await house.said(WorkstreamChanged) == []


async def test_every_stream_counts_its_versions_without_gaps(house, works):
    await house.say(some_facility(), an_offer(DOUBTFUL))
    await accept(works)
    await house.say(PUSHED, some_facility("CA"), CANCELLED)
    for topic in ("workstream", "work_item"):
        for versions in (await house.versions_said(f"payroll.{topic}.v1")).values():
            assert versions == list(range(1, len(versions) + 1))
