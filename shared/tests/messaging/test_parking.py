"""What operators do with parked events."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from shared.db.work import Work, Works
from shared.errors import Kind, NotFound
from shared.messaging import parking
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.repairs import Repairs
from shared.principal import Principal
from shared.testing.effects import Effects, Gate
from shared.testing.events import a_record, a_workstream, an_envelope, recorded

OPERATOR = Principal(subject="per_operator")
Settle = Callable[[], Awaitable[None]]


@asynccontextmanager
async def operator(works: Works) -> AsyncIterator[Work]:
    async with works.begin(OPERATOR) as work:
        yield work


async def deliver(delivery: Delivery, *versions: int) -> None:
    await delivery.deliver([a_record(a_workstream(done=n), version=n) for n in versions])


@pytest.fixture
async def poisoned(delivery: Delivery, effects: Effects) -> Effects:
    """Version 1 of asg_1 fails; 2 and 3 wait behind it. The fault is then mended."""
    effects.defective = {"asg_1"}
    await deliver(delivery, 1, 2, 3)
    effects.defective = set()
    return effects


async def test_operators_see_what_waits_and_why(poisoned: Effects, works: Works) -> None:
    async with operator(works) as work:
        seen = await parking.waiting(work)
        one = await parking.parked(work, seen[0].id)
    assert [(e.version, e.reason, e.value) for e in seen] == [(1, "failed", None), (2, "gap", None), (3, "gap", None)]
    assert seen[0].error.startswith("Defect at shared.testing.effects:")
    assert (one.headers["ce_type"], one.type) == ("workstream.changed", "workstream.changed")
    assert '"assignment_id":"asg_1"' in (one.value or "")


async def test_a_replayed_event_is_applied_and_all_behind_it(poisoned: Effects, works: Works, settle: Settle) -> None:
    async with operator(works) as work:
        await parking.replay(work, await poisoned.number_of(1), accept_gap=False)
    await settle()
    assert (await poisoned.of(), await poisoned.waiting()) == ([1, 2, 3], [])
    assert await poisoned.column("SELECT settlement FROM parked_event ORDER BY id") == ["applied"] * 3


async def test_a_skipped_event_has_no_effect_and_what_waits_behind_it_goes_on(
    poisoned: Effects, works: Works, settle: Settle
) -> None:
    number = await poisoned.number_of(1)
    async with operator(works) as work:
        await parking.skip(work, number, reason="a test message")
    await settle()
    assert (await poisoned.of(), await poisoned.waiting()) == ([2, 3], [])
    settled = "SELECT settlement || ' by ' || settled_by FROM parked_event WHERE settled_by IS NOT NULL"
    assert await poisoned.column(settled) == ["skipped: a test message by per_operator"]


async def test_skipping_one_that_waits_would_lose_the_one_before_it_and_is_refused(
    poisoned: Effects, works: Works, settle: Settle
) -> None:
    """INVARIANT: giving up one event never gives up another.

    What breaks it: moving the position to a skipped version whatever is missing before it; the earlier version, once
    mended, then counts as a duplicate and is never applied.
    """
    with pytest.raises(parking.NotNext) as refused:
        async with operator(works) as work:
            await parking.skip(work, await poisoned.number_of(2), reason="in the way")
    assert (refused.value.kind, refused.value.facts["expected"]) == (Kind.CONFLICT, 1)
    await poisoned.send_again()
    await settle()
    assert (await poisoned.of(), await poisoned.waiting()) == ([1, 2, 3], [])


async def test_versions_that_never_come_are_given_up_by_accepting_the_gap(
    delivery: Delivery, effects: Effects, works: Works, settle: Settle
) -> None:
    await deliver(delivery, 1, 4, 5)
    async with operator(works) as work:
        await parking.replay(work, await effects.number_of(4), accept_gap=True)
    await settle()
    await deliver(delivery, 2, 6)
    assert (await effects.of(), await effects.waiting()) == ([1, 4, 5, 6], [])


async def test_replaying_one_that_still_waits_changes_nothing(
    delivery: Delivery, effects: Effects, works: Works, settle: Settle
) -> None:
    await deliver(delivery, 1, 3)
    async with operator(works) as work:
        await parking.replay(work, await effects.number_of(3), accept_gap=False)
    await settle()
    assert (await effects.of(), await effects.waiting()) == ([1], ["gap"])


async def test_an_unreadable_record_is_skipped_and_moves_no_stream(
    delivery: Delivery, effects: Effects, works: Works
) -> None:
    await delivery.deliver([recorded(an_envelope(), headers=())])
    (number,) = await effects.column("SELECT id FROM parked_event")
    async with operator(works) as work:
        await parking.skip(work, number, reason="not ours")
    await deliver(delivery, 1)
    assert (await effects.of(), await effects.waiting()) == ([1], [])


async def test_what_is_settled_stays_settled(poisoned: Effects, works: Works, settle: Settle) -> None:
    number = await poisoned.number_of(1)
    async with operator(works) as work:
        await parking.skip(work, number, reason="a test message")
    with pytest.raises(parking.AlreadySettled):
        async with operator(works) as work:
            await parking.replay(work, number, accept_gap=False)
    with pytest.raises(parking.AlreadySettled):
        async with operator(works) as work:
            await parking.skip(work, number, reason="again")
    assert (parking.AlreadySettled.code, parking.AlreadySettled.kind) == ("parked_event_settled", Kind.CONFLICT)
    assert await poisoned.column("SELECT settlement FROM parked_event WHERE id = :n", n=number) == [
        "skipped: a test message"
    ]


@pytest.mark.parametrize("act", ["look", "replay", "skip"])
async def test_there_is_no_such_event(works: Works, act: str) -> None:
    acts: dict[str, Callable[[Work], Awaitable[object]]] = {
        "look": lambda work: parking.parked(work, 7),
        "replay": lambda work: parking.replay(work, 7, accept_gap=False),
        "skip": lambda work: parking.skip(work, 7, reason="gone"),
    }
    with pytest.raises(NotFound):
        async with operator(works) as work:
            await acts[act](work)


async def test_an_event_being_tried_is_not_skipped_at_the_same_time(
    poisoned: Effects, works: Works, handlers: Handlers
) -> None:
    """The operator waits for the try, then learns that it is settled; neither deadlocks."""
    gate = poisoned.gates["asg_1"] = Gate()
    await poisoned.send_again()
    number = await poisoned.number_of(1)

    async def skip() -> None:
        async with operator(works) as work:
            await parking.skip(work, number, reason="impatient")

    async with asyncio.timeout(10):
        trying = asyncio.create_task(Repairs(works, handlers).run_once())
        await gate.reached.wait()
        skipping = asyncio.create_task(skip())
        done, _ = await asyncio.wait({skipping}, timeout=0.2)
        assert not done
        gate.open.set()
        assert await trying == 1
        with pytest.raises(parking.AlreadySettled):
            await skipping


async def test_what_stays_unavailable_waits_for_an_operator_in_the_end(
    delivery: Delivery, effects: Effects, settle: Settle
) -> None:
    effects.unavailable = {"asg_1"}
    await deliver(delivery, 1)
    await effects.change("UPDATE parked_event SET attempts = 11")
    for reason in ("unavailable", "failed"):
        await effects.make_due()
        await settle()
        assert await effects.waiting() == [reason]
    assert await effects.column("SELECT retry_at FROM parked_event") == [None]
