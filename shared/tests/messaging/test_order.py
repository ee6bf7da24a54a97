"""The rule that makes order and "once" true, as a table and against a real database."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts.catalogue import StreamKind
from shared.messaging.delivery import Delivery
from shared.messaging.order import Position, Verdict, judge
from shared.testing.effects import Effects, Gate
from shared.testing.events import a_record, a_workstream, an_envelope, recorded

LOG, STATE = StreamKind.LOG, StreamKind.STATE
APPLY, DUPLICATE, GAP = Verdict.APPLY, Verdict.DUPLICATE, Verdict.GAP
Settle = Callable[[], Awaitable[None]]


@pytest.mark.parametrize(
    ("case", "kind", "last", "arrived", "verdict"),
    [
        ("the first of a log", LOG, (0, 0), (1, 1), APPLY),
        ("the next of a log", LOG, (1, 4), (1, 5), APPLY),
        ("the same again", LOG, (1, 4), (1, 4), DUPLICATE),
        ("an older one", LOG, (1, 4), (1, 1), DUPLICATE),
        ("one too far", LOG, (1, 4), (1, 6), GAP),
        ("a log that does not start at 1", LOG, (0, 0), (1, 2), GAP),
        ("a log first met after a restore does not start at 1 either", LOG, (0, 0), (2, 7), GAP),
        ("the next, after a restore that forgot nothing", LOG, (1, 4), (2, 5), APPLY),
        ("a version said before, said anew after a restore", LOG, (1, 4), (2, 3), APPLY),
        ("one too far after a restore", LOG, (1, 4), (2, 6), GAP),
        ("what the restored publisher had said and forgot", LOG, (2, 3), (1, 5), DUPLICATE),
        ("the first of a state", STATE, (0, 0), (1, 7), APPLY),
        ("a later state", STATE, (1, 4), (1, 9), APPLY),
        ("the same state again", STATE, (1, 4), (1, 4), DUPLICATE),
        ("an older state", STATE, (1, 4), (1, 3), DUPLICATE),
        ("a lower version of a later epoch", STATE, (1, 4), (2, 1), APPLY),
        ("a higher version of an earlier epoch", STATE, (2, 1), (1, 4), DUPLICATE),
    ],
)
def test_a_position_alone_decides_what_happens_to_an_event(
    case: str, kind: StreamKind, last: tuple[int, int], arrived: tuple[int, int], verdict: Verdict
) -> None:
    assert judge(kind, last=Position(*last), arrived=Position(*arrived)) is verdict, case


@st.composite
def arrivals(draw: st.DrawFn) -> list[list[int]]:
    """Versions 1..n in any order, some of them repeatedly, cut into batches."""
    count = draw(st.integers(1, 6))
    repeated = draw(st.lists(st.integers(1, count), max_size=5))
    order = draw(st.permutations([*range(1, count + 1), *repeated]))
    cuts = sorted(draw(st.sets(st.integers(1, len(order)), max_size=3)) | {0, len(order)})
    return [order[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=arrivals())
async def test_whatever_the_way_every_version_is_applied_once_and_in_order(
    batches: list[list[int]], delivery: Delivery, effects: Effects, settle: Settle
) -> None:
    """INVARIANT: any interleaving, repetition and late filling of 1..n has the effects 1..n, once each, in order.

    What breaks it: applying what is later than the next version, forgetting a parked event when its gap fills, or
    taking the inbox for enough without the position.
    """
    await effects.change("TRUNCATE effect, inbox, stream_position, parked_event")
    versions = {version for batch in batches for version in batch}
    sent = {n: an_envelope(a_workstream(done=n), version=n) for n in versions}
    for batch in batches:
        await delivery.deliver([recorded(sent[version]) for version in batch])
        await settle()
    assert await effects.of() == sorted(versions)
    assert await effects.waiting() == []


async def test_a_gap_that_fills_while_its_follower_is_being_parked_is_noticed(
    delivery: Delivery, effects: Effects, settle: Settle
) -> None:
    """INVARIANT: an event that parks and the one it waits for never miss each other, also on a stream just begun.

    What breaks it: locking only positions that exist. Then version 2 parks in one transaction while version 1 is
    applied in another, neither sees the other, and version 2 waits for ever.
    """
    gate = effects.gates["asg_2"] = Gate()
    second_first = [a_record(a_workstream(done=2), version=2), a_record(a_workstream("asg_2", done=1))]
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(delivery.deliver(second_first))
        await gate.reached.wait()
        filling = group.create_task(delivery.deliver([a_record(a_workstream(done=1), version=1)]))
        await asyncio.wait({filling}, timeout=0.2)
        gate.open.set()
    await settle()
    assert (await effects.of(), await effects.waiting()) == ([1, 2], [])


async def test_only_the_event_whose_turn_it_is_is_woken(delivery: Delivery, effects: Effects) -> None:
    await delivery.deliver([a_record(a_workstream(done=n), version=n) for n in range(2, 40)])
    await delivery.deliver([a_record(a_workstream(done=1), version=1)])
    assert await effects.column("SELECT version FROM parked_event WHERE retry_at IS NOT NULL") == [2]


async def test_what_a_skipping_batch_left_behind_is_settled(
    delivery: Delivery, effects: Effects, settle: Settle
) -> None:
    """Versions 2 and 3 wait; a restored publisher then says 1, 2 and 3 anew in one batch."""
    await delivery.deliver([a_record(a_workstream(done=n), version=n) for n in (2, 3)])
    await delivery.deliver([a_record(a_workstream(done=10 * n), version=n, epoch=2) for n in (1, 2, 3)])
    await settle()
    assert (await effects.of(), await effects.waiting()) == ([10, 20, 30], [])
