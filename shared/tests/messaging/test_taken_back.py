"""A handler whose changes only wait in memory is taken back alone: its batch stays one transaction."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.contracts.workstreams import WorkstreamChanged
from shared.db.rows import Rows
from shared.db.tables import outbox, replica
from shared.db.work import Work, Works
from shared.messaging.broker import Record
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.testing.effects import Defect, Effects
from shared.testing.events import a_record, a_workstream, an_envelope, recorded

Take = Callable[[Work, WorkstreamChanged], Awaitable[None]]
NOTE = "test.note.v1"
rows = Rows(replica)


@pytest.fixture
def publisher(engine: AsyncEngine, works: Works) -> Works:
    """The consumer publishes as payroll, whose workstream the catalogue knows."""
    return Works("payroll", engine, works.clock)


@pytest.fixture
def take() -> Take:
    """Counts in memory, publishes, and then fails for assignment `asg_bad`."""

    async def run(work: Work, said: WorkstreamChanged) -> None:
        kept = await rows.where(work.session, replica.c.key, value=said.assignment_id, lock=True)
        was = kept[0].row["version"] if kept else None
        version = (was or 0) + 1
        row = {"topic": NOTE, "key": said.assignment_id, "version": version, "body": str(said.done)}
        rows.put(work.session, row, was=was)
        work.publish(said, version=version)
        if said.assignment_id == "asg_bad":
            raise Defect

    return run


@pytest.fixture
def memory_delivery(publisher: Works, take: Take) -> Delivery:
    handlers = Handlers("assignments")
    handlers.on(WorkstreamChanged)(take)
    return Delivery(publisher, handlers)


@pytest.fixture
def commits(engine: AsyncEngine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object) -> None:
        seen.append("commit")

    event.listen(engine.sync_engine, "commit", note)
    yield seen
    event.remove(engine.sync_engine, "commit", note)


def a_batch() -> list[Record]:
    return [
        a_record(a_workstream("asg_1", done=1), version=1),
        a_record(a_workstream("asg_bad", done=1), version=1),
        a_record(a_workstream("asg_bad", done=2), version=2),
        a_record(a_workstream("asg_1", done=2), version=2),
        a_record(a_workstream("asg_2", done=1), version=1),
    ]


async def notes(works: Works) -> dict[str, str]:
    async with works.engine.connect() as connection:
        found = await connection.execute(select(replica.c.key, replica.c.body).where(replica.c.topic == NOTE))
        return {row.key: row.body for row in found}


async def said(works: Works) -> list[tuple[str, int]]:
    async with works.engine.connect() as connection:
        found = await connection.execute(
            select(outbox.c.aggregateid, outbox.c.aggregateversion).order_by(outbox.c.position)
        )
        return [(row.aggregateid, row.aggregateversion) for row in found]


async def test_the_others_are_applied_in_the_same_transaction(
    memory_delivery: Delivery, effects: Effects, works: Works, commits: list[str]
) -> None:
    await memory_delivery.deliver(a_batch())
    assert commits == ["commit"]
    assert await notes(works) == {"asg_1": "2", "asg_2": "1"}
    assert await said(works) == [("asg_1", 1), ("asg_1", 2), ("asg_2", 1)]
    assert await effects.waiting() == ["failed", "gap"]


async def test_a_batch_whose_event_cannot_be_read_stays_one_transaction(
    memory_delivery: Delivery, effects: Effects, works: Works, commits: list[str]
) -> None:
    poison = recorded(an_envelope(a_workstream("asg_3", done=1), version=1, data=b'{"done": "many"}'))
    await memory_delivery.deliver([*a_batch()[:1], poison, *a_batch()[3:]])
    assert commits == ["commit"]
    assert await notes(works) == {"asg_1": "2", "asg_2": "1"}
    assert await effects.waiting() == ["failed"]


async def test_the_same_batch_again_changes_nothing(memory_delivery: Delivery, effects: Effects, works: Works) -> None:
    batch = a_batch()
    await memory_delivery.deliver(batch)
    await memory_delivery.deliver(batch)
    assert await notes(works) == {"asg_1": "2", "asg_2": "1"}
    assert await effects.waiting() == ["failed", "gap"]
