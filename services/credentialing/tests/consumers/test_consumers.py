"""An assignment's way, as credentialing sees it: events in, workstream, work items and clearance out."""

from dataclasses import replace
from datetime import date, timedelta

from credentialing.app.verify_credential import VerifyCredential, verify_credential
from credentialing.domain.held import HeldStatus
from credentialing.storage import credentials, files
from services.credentialing.tests.builders import (
    ASSIGNMENT,
    END,
    START,
    held_for,
    some_facility,
    some_offer,
    some_terms,
)
from shared.contracts.assignments import AssignmentChanged, AssignmentConfirmed, AssignmentEnded, State, Why
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.workstreams import Status, WorkItemOpened, WorkItemWithdrawn, WorkstreamChanged
from shared.principal import Principal

CANCELLED = AssignmentEnded(
    assignment_id=ASSIGNMENT, terms_version=1, ended_on=date(2026, 11, 12), state=State.FELL_OFF, reason="low census"
)


def pushed(days: int) -> AssignmentChanged:
    start, end = START + timedelta(days=days), END + timedelta(days=days)
    return AssignmentChanged(
        assignment_id=ASSIGNMENT,
        clinician_id="cln_ana",
        terms=some_terms(version=2, start_date=start, end_date=end),
        changed=("start_date", "end_date"),
        effective_on=start,
        why=Why.START_PUSHED,
        state=State.ONBOARDING,
    )


async def holds(works, held) -> None:
    async with works.begin(Principal(subject="seed")) as work:
        for one in held:
            await credentials.save(work.session, one)


async def stored(works):
    async with works.begin(Principal(subject="reader")) as work:
        return await files.find_for_assignment(work.session, ASSIGNMENT)


async def test_an_accepted_offer_opens_one_file_and_says_what_is_missing(house, works):
    await house.say(some_facility(), some_offer())
    (said,) = await house.said(WorkstreamChanged)
    opened = await house.said(WorkItemOpened)
    file = await stored(works)
    assert (said.status, said.done, said.total) == (Status.OPEN, 0, len(file.items))
    assert len(opened) == len({item.work_item_id for item in opened}) > 0
    assert {blocker.work_item_id for blocker in said.blockers} <= {item.work_item_id for item in opened}


async def test_an_offer_that_comes_before_its_facility_waits_for_it(house):
    await house.say_anyhow(some_offer())
    assert [reason for reason, _ in await house.parked()] == ["unavailable"]
    await house.say_anyhow(some_facility())
    await house.make_due()
    await house.settle()
    assert (len(await house.said(WorkstreamChanged)), await house.parked()) == (1, [])


async def test_a_clinician_who_holds_everything_is_cleared_at_once(house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer())
    (said,) = await house.said(WorkstreamChanged)
    (granted,) = await house.said(ClearanceGranted)
    assert (said.status, granted.terms_version, granted.valid_through) == (Status.READY, 1, END)


async def test_a_push_that_leaves_a_window_behind_revokes_and_says_so_for_the_new_terms(house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer(), pushed(90))
    (revoked,) = await house.said(ClearanceRevoked)
    latest = (await house.said(WorkstreamChanged))[-1]
    assert (revoked.reason, latest.terms_version, latest.status is Status.READY) == ("terms_changed", 2, False)
    assert (await house.versions_said("credentialing.clearance.v1")) == {ASSIGNMENT: [1, 2]}


async def test_a_cancelled_assignment_closes_its_workstream_and_withdraws_every_work_item(house):
    await house.say(some_facility(), some_offer(), CANCELLED)
    opened, withdrawn = await house.said(WorkItemOpened), await house.said(WorkItemWithdrawn)
    assert (await house.said(WorkstreamChanged))[-1].status is Status.CLOSED
    assert {item.work_item_id for item in withdrawn} == {item.work_item_id for item in opened}
    assert {item.reason for item in withdrawn} == {"assignment_ended"}


async def test_events_after_the_end_are_recorded_and_change_nothing(house):
    await house.say(some_facility(), some_offer(), CANCELLED)
    before = await house.said(WorkstreamChanged)
    await house.say(pushed(14), AssignmentConfirmed(assignment_id=ASSIGNMENT, terms_version=1))
    assert await house.said(WorkstreamChanged) == before


async def test_the_last_verification_grants_clearance(house, works):
    last = held_for()[0]
    await holds(works, held_for(but=[last.code]))
    await house.say(some_facility(), some_offer())
    file = await stored(works)
    async with works.begin(Principal(subject="per_specialist")) as work:
        pending = replace(last, credential_id="crd_new", status=HeldStatus.PENDING, verified_on=None, verified_by=None)
        await credentials.save(work.session, pending)
    async with works.begin(Principal(subject="per_specialist")) as work:
        await verify_credential(work, VerifyCredential(file_id=file.file_id, code=last.code, source="Nursys"))
    assert [granted.terms_version for granted in await house.said(ClearanceGranted)] == [1]


async def test_every_stream_counts_its_versions_without_gaps(house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer(), pushed(90), CANCELLED)
    for topic in ("workstream", "work_item", "clearance"):
        for versions in (await house.versions_said(f"credentialing.{topic}.v1")).values():
            assert versions == list(range(1, len(versions) + 1))
