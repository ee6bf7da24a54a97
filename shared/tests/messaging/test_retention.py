"""What the backbone forgets, and what it never does."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.db.partitions import ensure_outbox_partitions
from shared.db.work import Works
from shared.messaging.delivery import Delivery
from shared.messaging.retention import keep_house
from shared.principal import system
from shared.testing.effects import Effects
from shared.testing.events import a_record, a_workstream

PARTITIONS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'outbox'::regclass ORDER BY 1"


async def tidy(works: Works) -> None:
    async with works.begin(system("assignments")) as work:
        assert await keep_house(work) == 0


async def test_only_what_is_past_its_time_is_forgotten(works: Works, delivery: Delivery, effects: Effects) -> None:
    effects.defective = {"asg_2", "asg_3"}
    await delivery.deliver([a_record(a_workstream(f"asg_{n}", done=1)) for n in (1, 2, 3)])
    await effects.change("UPDATE parked_event SET settled_at = now() - interval '366 days' WHERE key = 'asg_2'")
    await effects.change("UPDATE parked_event SET parked_at = now() - interval '9 years' WHERE key = 'asg_3'")
    await effects.change("INSERT INTO inbox SELECT gen_random_uuid(), now() - interval '46 days'")
    await effects.change("INSERT INTO inbox SELECT gen_random_uuid(), now() - interval '44 days'")
    await tidy(works)
    assert await effects.column("SELECT count(*) FROM inbox") == [4]
    assert await effects.column("SELECT key FROM parked_event") == ["asg_3"]


async def test_a_duplicate_that_comes_after_the_inbox_forgot_it_still_dies(
    works: Works, delivery: Delivery, effects: Effects
) -> None:
    """INVARIANT: positions are kept for ever, so that the inbox may forget.

    What breaks it: deleting positions of streams that have been silent for long.
    """
    record = a_record(a_workstream(done=1))
    await delivery.deliver([record])
    await effects.change("UPDATE inbox SET received_at = now() - interval '9 years'")
    await tidy(works)
    assert await effects.column("SELECT count(*) FROM inbox") == [0]
    await delivery.deliver([record])
    assert await effects.of() == [1]


async def test_the_coming_months_have_partitions_and_take_their_rows(
    works: Works, payroll: Works, effects: Effects
) -> None:
    await tidy(works)
    await tidy(works)
    months = await effects.column(
        "SELECT 'outbox_' || to_char(date_trunc('month', now()) + n * interval '1 month', 'YYYY_MM')"
        " FROM generate_series(1, 3) AS n"
    )
    assert await effects.column(PARTITIONS) == sorted([*months, "outbox_default"])
    async with payroll.begin(system("payroll")) as work:
        work.publish(a_workstream(), version=1)
    assert await effects.column("SELECT tableoid::regclass::text FROM outbox") == ["outbox_default"]
    await effects.change("UPDATE outbox SET recorded_at = date_trunc('month', now()) + interval '40 days'")
    assert await effects.column("SELECT tableoid::regclass::text FROM outbox") == [months[0]]


async def test_making_a_partition_never_makes_writers_wait_long(works: Works, effects: Effects) -> None:
    """A long reader of the outbox blocks the partition; whoever writes behind it must not be blocked, too."""
    async with effects.engine.connect() as reader:
        await reader.execute(text("SELECT count(*) FROM outbox"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            async with asyncio.timeout(10), works.begin(system("assignments")) as work:
                await ensure_outbox_partitions(work.session)
    assert await effects.column(PARTITIONS) == ["outbox_default"]
