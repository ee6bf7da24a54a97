"""Sources send by themselves: bad news stops at once, good news is asked for, events of orders count in their order."""

import asyncio

import pytest
from sqlalchemy import text

from credentialing.app.hear_vendor_event import hear_vendor_event
from credentialing.domain.sources.answer import Pending
from credentialing.domain.sources.catalogue import BACKGROUND, LICENCES
from credentialing.domain.sources.inquiry import About, State
from credentialing.domain.sources.vendor_event import read_event
from credentialing.storage import source_results
from credentialing.storage.numbers import Numbers
from services.credentialing.tests.app.asking import (
    CONFIRMED,
    IN_CLEAR,
    READER,
    Scripted,
    at,
    begun,
    heard,
    known,
    make_due,
    only,
    turn,
    with_all_but_the_licence,
)
from services.credentialing.tests.builders import (
    CLINICIAN,
)
from services.credentialing.tests.clients.simulation import simulated
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.testing.running import eventually
from shared.vault.keys import FileKeys
from shared.vault.vault import Vault


@pytest.fixture
def numbers(vault_key_file) -> Numbers:
    return Numbers(Vault("credentialing", FileKeys(str(vault_key_file))))


async def test_news_of_discipline_takes_the_clearance_at_once(house, works, numbers):
    await with_all_but_the_licence(house, works, "1234577")
    async with simulated() as simulation, at(simulation) as sources:
        for _ in range(2):
            await turn(works, sources)
            await make_due(works)
    assert len(await house.said(ClearanceGranted)) == 1
    news = {"jurisdiction": "CO", "number": "RN.1234577", "kind": "RN", "status": "Active"}
    licence = {**news, "expires_on": "2027-09-30", "disciplines": [{"taken_on": "2026-01-04"}]}
    event = read_event(LICENCES, {"id": "evt_1", "type": "licence.disciplined", "data": {"licence": licence}})
    assert event is not None
    assert [await heard(works, event, numbers) for _ in range(2)] == ["applied", "ignored"]
    assert len(await house.said(ClearanceRevoked)) == 1


async def test_good_news_is_asked_for_and_not_taken(works, numbers):
    await begun(works)
    await turn(works, only(Scripted(CONFIRMED)))
    licence = {"jurisdiction": "CO", "number": "123477", "status": "Active", "expires_on": "2029-09-30"}
    event = read_event(LICENCES, {"id": "evt_1", "type": "licence.changed", "data": {"licence": licence}})
    assert event is not None
    assert await heard(works, event, numbers) == "applied"
    assert [one.state for one in await known(works)] == [State.WAITING]
    async with works.begin(READER) as work:
        assert len(await source_results.of_clinician(work.session, CLINICIAN)) == 1


async def test_what_a_vendor_said_before_its_reference_was_known_counts_once_it_is(works):
    """INVARIANT: a message that overtakes the answer to the order is kept, and its content asked for at once.

    What breaks it: waiting for the usual hours after an order whose first message matched no question. A later answer
    that the vendor is still at work begins no chase: the message is asked for once.
    """
    report = {"id": "rep_1", "candidate_id": "can_9", "status": "complete", "result": "clear"}
    early = read_event(BACKGROUND, {"id": "evt_1", "type": "report.completed", "data": {"object": report}})
    assert early is not None
    await begun(works, About(clinician_id=CLINICIAN, code="BG-COUNTY"), by_person=True)
    assert [await heard(works, early) for _ in range(2)] == ["unmatched", "ignored"]

    working = Pending(reference="can_9", again_in_seconds=6 * 60 * 60)
    source = Scripted(working, working, CONFIRMED)
    for _ in range(3):
        await turn(works, only(source, BACKGROUND))
    assert [one.reference for one in source.questions] == [None, "can_9"]
    assert [one.state for one in await known(works)] == [State.PENDING]
    await make_due(works)
    await turn(works, only(source, BACKGROUND))
    assert [one.state for one in await known(works)] == [State.ANSWERED]


async def test_a_message_in_the_moment_in_which_its_reference_becomes_known_is_not_missed(works):
    """INVARIANT: of a message and the answer that it is about, whichever comes second knows of the first.

    What breaks it: two transactions of which neither sees yet what the other has written.
    """
    report = {"id": "rep_1", "candidate_id": "can_9", "status": "complete", "result": "clear"}
    message = read_event(BACKGROUND, {"id": "evt_1", "type": "report.completed", "data": {"object": report}})
    assert message is not None
    await begun(works, About(clinician_id=CLINICIAN, code="BG-COUNTY"), by_person=True)
    source = Scripted(Pending(reference="can_9", again_in_seconds=6 * 60 * 60), CONFIRMED)

    async def waits() -> bool:
        async with works.engine.connect() as connection:
            ours = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            asked = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND {ours}"
            return bool(await connection.scalar(text(asked)))

    async with works.begin(READER) as hearing:
        assert await hear_vendor_event(hearing, message, numbers=IN_CLEAR) == "unmatched"
        asking_it = asyncio.create_task(turn(works, only(source, BACKGROUND)))
        await eventually(waits)
    await asking_it
    await turn(works, only(source, BACKGROUND))
    assert [one.reference for one in source.questions] == [None, "can_9"]
    assert [one.state for one in await known(works)] == [State.ANSWERED]


async def test_without_such_a_message_a_vendor_is_left_to_work(works):
    await begun(works, About(clinician_id=CLINICIAN, code="BG-COUNTY"), by_person=True)
    source = Scripted(Pending(reference="can_9", again_in_seconds=6 * 60 * 60))
    for _ in range(2):
        await turn(works, only(source, BACKGROUND))
    assert len(source.questions) == 1


async def test_events_of_orders_count_once_in_their_order_and_only_for_ours(works, clock):
    await begun(works, About(clinician_id=CLINICIAN, code="BG-COUNTY"), by_person=True)
    await turn(works, only(Scripted(Pending(reference="can_1", again_in_seconds=600)), BACKGROUND))
    complete = {"id": "rep_1", "candidate_id": "can_1", "status": "complete", "result": "clear"}
    dispute = {**complete, "status": "dispute"}
    told = [
        ("evt_1", "report.completed", 10, complete),
        ("evt_1", "report.completed", 10, complete),
        ("evt_2", "report.created", 9, {**complete, "status": "pending"}),
        ("evt_3", "invitation.completed", 11, {"candidate_id": "can_1", "status": "completed"}),
        ("evt_4", "candidate.updated", 12, {"id": "can_1"}),
        ("evt_5", "report.completed", 12, {**complete, "candidate_id": "can_2"}),
        ("evt_6", "report.disputed", 13, dispute),
    ]
    effects = []
    for event_id, kind, hour, thing in told:
        body = {"id": event_id, "type": kind, "created_at": f"2026-01-05T{hour:02}:00:00Z", "data": {"object": thing}}
        event = read_event(BACKGROUND, body)
        assert event is not None
        effects.append(await heard(works, event))
    assert effects == ["applied", "ignored", "older", "ignored", "ignored", "unmatched", "applied"]
    async with works.begin(READER) as work:
        results = await source_results.of_clinician(work.session, CLINICIAN)
    assert [(one.outcome.value, one.reference) for one in results] == [("confirmed", "rep_1"), ("unclear", "rep_1")]
