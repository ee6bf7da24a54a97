"""The outbox holds what was committed, all of it and nothing else, with who and why."""

from typing import Any

import pytest
from sqlalchemy import select

from shared.contracts.assignments import ClientChanged
from shared.contracts.workstreams import Blocker, WorkstreamChanged
from shared.db.tables import outbox
from shared.db.work import LARGEST_EVENT, Work, Works
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.memory import MemoryBroker
from shared.messaging.relay import Relay
from shared.principal import Principal, system
from shared.testing.effects import Defect, Effects
from shared.testing.events import TOPIC, a_record, a_workstream, an_envelope
from shared.testing.running import eventually, running

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


async def rows(works: Works) -> list[Any]:
    async with works.engine.connect() as connection:
        return list((await connection.execute(select(outbox).order_by(outbox.c.position))).all())


async def test_an_event_says_who_when_and_why(payroll: Works) -> None:
    async with payroll.begin(Principal(subject="per_1"), correlation_id="req-1", traceparent=TRACE) as work:
        work.publish(a_workstream(), version=3)
    (row,) = await rows(payroll)
    assert (row.aggregatetype, row.aggregateid, row.aggregateversion, row.type) == (
        TOPIC,
        "asg_1",
        3,
        "workstream.changed",
    )
    assert (row.actor, row.correlationid, row.causationid, row.traceparent) == ("per_1", "req-1", None, TRACE)
    assert (row.time, row.assignmentid, row.published_at) == (payroll.clock.now(), "asg_1", None)


async def test_a_use_case_that_fails_leaves_neither_effect_nor_event(payroll: Works, effects: Effects) -> None:
    """INVARIANT: an event is in the outbox exactly if the effects it tells of are in the tables.

    What breaks it: writing the outbox in a transaction of its own, or after the commit.
    """
    with pytest.raises(Defect):
        async with payroll.begin(system("payroll")) as work:
            work.publish(a_workstream(), version=1)
            await effects.apply(work, a_workstream())
            raise Defect
    assert (await rows(payroll), await effects.of()) == ([], [])


async def test_an_abandoned_rehearsal_leaves_nothing(payroll: Works, effects: Effects) -> None:
    async with payroll.begin(system("payroll")) as work:
        work.publish(a_workstream(), version=1)
        await effects.apply(work, a_workstream())
        work.abandon()
    assert (await rows(payroll), await effects.of()) == ([], [])


async def test_nobody_publishes_anothers_event(works: Works) -> None:
    with pytest.raises(KeyError, match=r"does not let assignments publish workstream\.changed"):
        async with works.begin(system("assignments")) as work:
            work.publish(a_workstream(), version=1)
    assert await rows(works) == []


async def test_an_event_too_large_for_the_broker_is_refused_where_it_is_made(payroll: Works) -> None:
    """It would be refused by the broker for ever, and hold up every event of its shard."""
    large = a_workstream(blockers=(Blocker(code="x" * LARGEST_EVENT, owner="payroll", since=payroll.clock.now()),))
    with pytest.raises(ValueError, match=f"at most {LARGEST_EVENT} travel"):
        async with payroll.begin(system("payroll")) as work:
            work.publish(large, version=1)
    assert await rows(payroll) == []


async def test_events_handled_in_one_transaction_keep_their_own_causes(works: Works) -> None:
    handlers = Handlers("assignments")

    @handlers.on(WorkstreamChanged)
    async def answer(work: Work, event: WorkstreamChanged) -> None:
        told = ClientChanged(client_id=event.assignment_id, source="", source_reference="", name="")
        work.publish(told, version=1)

    caused = [
        an_envelope(a_workstream(f"asg_{n}"), correlationid=f"corr-{n}", traceparent=TRACE if n == 2 else None)
        for n in (1, 2)
    ]
    await Delivery(works, handlers).deliver(
        [
            a_record(a_workstream(e.subject), id=e.id, correlationid=e.correlationid, traceparent=e.traceparent)
            for e in caused
        ]
    )
    assert [(row.aggregateid, row.correlationid, row.causationid, row.traceparent) for row in await rows(works)] == [
        ("asg_1", "corr-1", str(caused[0].id), None),
        ("asg_2", "corr-2", str(caused[1].id), TRACE),
    ]


async def test_correlation_cause_and_trace_reach_the_next_service_and_its_events(
    payroll: Works, works: Works, broker: MemoryBroker, database_url: str
) -> None:
    handlers = Handlers("assignments")

    @handlers.on(WorkstreamChanged)
    async def answer(work: Work, event: WorkstreamChanged) -> None:
        work.publish(ClientChanged(client_id="cli_1", source="", source_reference="", name=""), version=1)

    async with payroll.begin(Principal(subject="per_1"), correlation_id="req-1", traceparent=TRACE) as work:
        work.publish(a_workstream(), version=1)

    async def has_arrived() -> bool:
        return any(broker.logs.values())

    async with running(Relay("payroll", database_url, broker).run):
        await eventually(has_arrived)
    await Delivery(works, handlers).deliver([record for log in broker.logs.values() for record in log])
    first, second = await rows(works)
    assert (second.correlationid, second.causationid, second.traceparent) == ("req-1", str(first.id), TRACE)
    assert second.actor == "system:assignments"
