"""Effects happen once and in order, whatever arrives."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from shared.db.work import Works
from shared.messaging.delivery import Delivery
from shared.testing.effects import Effects
from shared.testing.events import a_record, a_workstream, an_envelope, recorded

Settle = Callable[[], Awaitable[None]]


async def test_a_batch_is_applied_in_order(delivery: Delivery, effects: Effects) -> None:
    await delivery.deliver([a_record(a_workstream(done=n), version=n) for n in (1, 2, 3)])
    assert await effects.of() == [1, 2, 3]


async def test_the_same_event_twice_has_one_effect(delivery: Delivery, effects: Effects) -> None:
    record = a_record(a_workstream(done=1))
    await delivery.deliver([record, record])
    await delivery.deliver([replace(record, offset=record.offset + 10**9)])
    assert await effects.of() == [1]


async def test_an_old_version_under_a_new_id_is_dropped(delivery: Delivery, effects: Effects) -> None:
    await delivery.deliver([a_record(a_workstream(done=1), version=1), a_record(a_workstream(done=2), version=2)])
    await delivery.deliver([a_record(a_workstream(done=9), version=1)])
    assert await effects.of() == [1, 2]


async def test_later_events_wait_until_the_gap_fills(delivery: Delivery, effects: Effects, settle: Settle) -> None:
    await delivery.deliver([a_record(a_workstream(done=n), version=n) for n in (1, 3, 4)])
    assert (await effects.of(), await effects.waiting()) == ([1], ["gap", "gap"])
    await delivery.deliver([a_record(a_workstream(done=2), version=2)])
    await settle()
    assert (await effects.of(), await effects.waiting()) == ([1, 2, 3, 4], [])


async def test_a_gap_in_one_key_holds_back_no_other(delivery: Delivery, effects: Effects) -> None:
    await delivery.deliver(
        [a_record(a_workstream("asg_1", done=5), version=5), a_record(a_workstream("asg_2", done=1), version=1)]
    )
    assert (await effects.of("asg_1"), await effects.of("asg_2")) == ([], [1])


async def test_a_defect_parks_its_key_only_and_leaves_no_half_effect(delivery: Delivery, effects: Effects) -> None:
    effects.defective = {"asg_1"}
    await delivery.deliver(
        [
            a_record(a_workstream("asg_2", done=1), version=1),
            a_record(a_workstream("asg_1", done=1), version=1),
            a_record(a_workstream("asg_1", done=2), version=2),
            a_record(a_workstream("asg_3", done=1), version=1),
        ]
    )
    assert [await effects.of(f"asg_{n}") for n in (1, 2, 3)] == [[], [1], [1]]
    assert sorted(await effects.waiting()) == ["failed", "gap"]


async def test_a_repaired_key_continues_in_order(
    delivery: Delivery, effects: Effects, settle: Settle, works: Works
) -> None:
    effects.defective = {"asg_1"}
    await delivery.deliver([a_record(a_workstream(done=n), version=n) for n in (1, 2, 3)])
    effects.defective = set()
    await settle()
    assert await effects.of() == [], "only an operator sends a failed event again"
    await effects.send_again()
    await settle()
    assert (await effects.of(), await effects.waiting()) == ([1, 2, 3], [])


async def test_what_is_unavailable_is_tried_again_by_itself(
    delivery: Delivery, effects: Effects, settle: Settle
) -> None:
    effects.unavailable = {"asg_1"}
    await delivery.deliver([a_record(a_workstream(done=n), version=n) for n in (1, 2)])
    assert await effects.waiting() == ["unavailable", "gap"]
    effects.unavailable = set()
    await effects.make_due()
    await settle()
    assert (await effects.of(), await effects.waiting()) == ([1, 2], [])


@pytest.mark.parametrize(
    ("fault", "changes"),
    [
        ("bytes that are no envelope", {"headers": (), "value": b"\xff\xfe"}),
        ("a missing key", {"key": None}),
        ("a key that is not the subject", {"key": b"asg_2"}),
    ],
)
async def test_an_unreadable_record_is_kept_and_holds_back_nothing_else(
    delivery: Delivery, effects: Effects, fault: str, changes: dict[str, Any]
) -> None:
    await delivery.deliver([recorded(an_envelope(), **changes), a_record(a_workstream("asg_9", done=1))])
    assert (await effects.waiting(), await effects.of("asg_9")) == (["undecodable"], [1])


@pytest.mark.parametrize("value", [b"{", b"{}", b'{"assignment_id": 7}', b"[]", b"null"])
async def test_a_value_that_does_not_fit_parks_its_key(delivery: Delivery, effects: Effects, value: bytes) -> None:
    await delivery.deliver([a_record(data=value), a_record(a_workstream(done=2), version=2)])
    assert (await effects.of(), await effects.waiting()) == ([], ["failed", "gap"])


async def test_an_unreadable_record_that_comes_twice_is_kept_once(delivery: Delivery, effects: Effects) -> None:
    record = recorded(an_envelope(), headers=())
    await delivery.deliver([record])
    await delivery.deliver([record])
    assert await effects.waiting() == ["undecodable"]


async def test_an_event_repeated_for_another_consumer_is_ignored(delivery: Delivery, effects: Effects) -> None:
    await delivery.deliver([a_record(a_workstream(done=1), replay="payroll")])
    await delivery.deliver([a_record(a_workstream(done=2), replay="assignments")])
    assert await effects.of() == [2]


async def test_a_restored_publisher_goes_on_under_a_new_epoch(delivery: Delivery, effects: Effects) -> None:
    await delivery.deliver([a_record(a_workstream(done=n), version=n) for n in (1, 2, 3)])
    await delivery.deliver([a_record(a_workstream(done=20), version=2, epoch=2)])
    await delivery.deliver([a_record(a_workstream(done=4), version=4, epoch=1)])
    assert await effects.of() == [1, 2, 3, 20]


async def test_a_database_that_is_away_loses_nothing(
    delivery: Delivery, effects: Effects, works: Works, database_url: str
) -> None:
    record = a_record(a_workstream(done=1))
    await effects.lose_connections()
    effects.on_apply = effects.lose_connections
    with pytest.raises(Exception) as raised:
        await delivery.deliver([record])
    effects.on_apply = None
    assert not isinstance(raised.value, AssertionError)
    await delivery.deliver([record])
    assert (await effects.of(), await effects.waiting()) == ([1], [])
