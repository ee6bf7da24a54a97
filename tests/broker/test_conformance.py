"""One suite for every broker: what the backbone relies on, true of Kafka and of the broker in memory.

Expectations are written by hand, so that the fake cannot vouch for itself.
"""

import asyncio
from collections.abc import Sequence

import pytest

from shared.messaging.broker import BrokerUnavailable, NoLongerOurs, Outgoing, Place, Record, Subscription
from shared.messaging.kafka import KafkaProducer, KafkaSubscription
from shared.testing.running import eventually
from tests.broker.conftest import Join, Subject

pytestmark = [pytest.mark.usefixtures("collected"), pytest.mark.filterwarnings("ignore::ResourceWarning")]

KEYS = (b"asg_1", b"asg_2", b"asg_3", b"asg_4", b"asg_5")


async def send(subject: Subject, *values: bytes, key: bytes = b"asg_1") -> None:
    await send_all(subject, [Outgoing(topic=subject.topic, key=key, value=value) for value in values])


async def send_all(subject: Subject, records: Sequence[Outgoing]) -> None:
    producer = await subject.broker.producer()
    await producer.send(records)
    await producer.close()


async def collect(member: Subscription, least: int) -> list[Record]:
    """Fetches until at least so many records came."""
    records: list[Record] = []
    async with asyncio.timeout(20):
        while len(records) < least:
            records += await member.fetch(limit=100, wait_ms=200)
    return records


def values(records: Sequence[Record]) -> list[bytes | None]:
    return [record.value for record in records]


def behind(records: Sequence[Record]) -> dict[Place, int]:
    return {Place(record.topic, record.partition): record.offset + 1 for record in records}


async def test_records_of_one_key_stay_in_order_in_one_partition(subject: Subject, join: Join) -> None:
    """INVARIANT: what one key was sent, in this order, is fetched in this order.

    What breaks it: a partition that depends on more than the key, or a producer that lets a later batch overtake.
    """
    sent = [Outgoing(topic=subject.topic, key=KEYS[n % 5], value=b"%d" % n) for n in range(200)]
    await send_all(subject, sent[:120])
    await send_all(subject, sent[120:])
    records = await collect(await join(), 200)
    assert len(records) == 200
    for number, key in enumerate(KEYS):
        of_key = [record for record in records if record.key == key]
        assert values(of_key) == [b"%d" % n for n in range(number, 200, 5)]
        assert len({record.partition for record in of_key}) == 1
        assert [record.offset for record in of_key] == sorted(record.offset for record in of_key)


async def test_headers_keys_and_absent_values_come_as_they_were_sent(subject: Subject, join: Join) -> None:
    headers = (("ce_id", b"7"), ("ce_actor", "Zoë".encode()), ("empty", b""), ("ce_id", b"again"))
    await send_all(
        subject,
        [
            Outgoing(topic=subject.topic, key=b"asg_1", value=b"\x00\xff", headers=headers),
            Outgoing(topic=subject.topic, key=b"asg_1", value=None),
            Outgoing(topic=subject.topic, key=b"asg_1", value=b""),
        ],
    )
    first, tombstone, empty = await collect(await join(), 3)
    assert (first.topic, first.key, first.value, first.headers) == (subject.topic, b"asg_1", b"\x00\xff", headers)
    assert (tombstone.key, tombstone.value, tombstone.headers) == (b"asg_1", None, ())
    assert empty.value == b""


async def test_a_fetch_gives_at_most_its_limit_and_forgets_nothing(subject: Subject, join: Join) -> None:
    for key in KEYS:
        await send(subject, b"1", b"2", key=key)
    member = await join()
    sizes: list[int] = []
    async with asyncio.timeout(20):
        while sum(sizes) < 10:
            sizes.append(len(await member.fetch(limit=3, wait_ms=200)))
    assert (sum(sizes), max(sizes) <= 3) == (10, True)


async def test_a_fetch_without_records_ends_empty(subject: Subject, join: Join) -> None:
    assert list(await (await join()).fetch(limit=10, wait_ms=50)) == []


async def test_the_successor_of_a_member_goes_on_at_the_committed_offset(subject: Subject, join: Join) -> None:
    await send(subject, b"1", b"2", b"3", b"4")
    first = await join()
    records = await collect(first, 4)
    await first.commit(behind(records[:2]))
    await first.close()
    assert values(await collect(await join(), 2)) == [b"3", b"4"]


async def test_what_was_not_committed_comes_again(subject: Subject, join: Join) -> None:
    await send(subject, b"1", b"2")
    first = await join()
    assert values(await collect(first, 2)) == [b"1", b"2"]
    await first.close()
    assert values(await collect(await join(), 2)) == [b"1", b"2"]


async def test_lag_counts_what_was_not_fetched_yet(subject: Subject, join: Join) -> None:
    await send(subject, b"1", b"2", b"3", b"4", b"5")
    member = await join()
    assert (len(await member.lag()), sum((await member.lag()).values())) == (3, 5)
    await collect(member, 5)
    assert sum((await member.lag()).values()) == 0
    await send(subject, b"6")
    assert sum((await member.lag()).values()) == 1


async def shares(first: Subscription, second: Subscription) -> tuple[set[Place], set[Place]]:
    """The partitions of each, once all three are held, none by both, and neither member has all."""
    held: set[Place] = set()
    others: set[Place] = set()

    async def is_shared_out() -> bool:
        nonlocal held, others
        try:
            held, others = set(await first.lag()), set(await second.lag())
        except BrokerUnavailable:  # partitions are on their way
            return False
        return sorted([len(held), len(others)]) == [1, 2] and len(held | others) == 3

    await eventually(is_shared_out)
    return held, others


async def test_a_new_member_takes_its_share_and_offsets_of_anothers_partition_are_refused(
    subject: Subject, join: Join
) -> None:
    first = await join("0")
    second = await join("1")
    held, others = await shares(first, second)
    with pytest.raises(NoLongerOurs):
        await first.commit(dict.fromkeys(others, 1))
    for key in KEYS:
        await send(subject, b"1", key=key)
    fetched: list[Record] = []
    async with asyncio.timeout(20):
        while len(fetched) < 5:
            for member, places in ((first, held), (second, others)):
                records = await member.fetch(limit=100, wait_ms=50)
                assert {Place(record.topic, record.partition) for record in records} <= places
                fetched += records
    assert sorted(record.key or b"" for record in fetched) == sorted(KEYS)


async def test_a_member_finishes_what_it_has_in_hand_before_its_partitions_go(subject: Subject, join: Join) -> None:
    """INVARIANT: while a member finishes its batch, nobody else gets its partitions, and its commit is accepted.

    What breaks it: a broker that asks for partitions back without waiting for the answer.
    """
    for key in KEYS:
        await send(subject, b"1", key=key)
    asked, is_finished = asyncio.Event(), asyncio.Event()
    in_hand: dict[Place, int] = {}

    async def finish() -> None:
        if in_hand:
            asked.set()
            await is_finished.wait()
            await first.commit(in_hand)
            in_hand.clear()

    first = await join("0", on_revoke=finish)
    in_hand.update(behind(await collect(first, 5)))
    joining = asyncio.ensure_future(join("1"))
    async with asyncio.timeout(20):
        await asked.wait()
        done, _ = await asyncio.wait({joining}, timeout=0.3)
        assert not done
        is_finished.set()
        second = await joining
    assert list(await second.fetch(limit=10, wait_ms=300)) == []
    assert list(await first.fetch(limit=10, wait_ms=300)) == []


async def test_what_a_member_fetched_and_did_not_commit_comes_again_after_a_rebalance(
    subject: Subject, join: Join
) -> None:
    """INVARIANT: whoever holds a partition after a rebalance goes on at its committed offset, also who held it before.

    What breaks it: a member that keeps its position, or what it had buffered, across the rebalance.
    """
    for key in KEYS:
        await send(subject, b"1", key=key)
    first = await join("0")
    await collect(first, 5)
    second = await join("1")
    again: list[Record] = []
    async with asyncio.timeout(20):
        while len({record.key for record in again}) < 5:
            again += [*await first.fetch(limit=10, wait_ms=50), *await second.fetch(limit=10, wait_ms=50)]


async def test_a_member_that_crashed_is_replaced_at_once_and_its_ghost_commits_nothing(
    subject: Subject, join: Join
) -> None:
    await send(subject, b"1", b"2")
    ghost = await join("0")
    records = await collect(ghost, 2)
    successor = await join("0")
    assert values(await collect(successor, 2)) == [b"1", b"2"]
    await successor.commit(behind(records[:1]))
    with pytest.raises(NoLongerOurs):
        await ghost.commit(behind(records))
    await ghost.close()
    await successor.close()
    assert values(await collect(await join("0"), 1)) == [b"2"]


async def test_an_unanswered_sending_is_an_unknown_and_can_be_repeated(subject: Subject, join: Join) -> None:
    """INVARIANT: a sending that was not acknowledged is never taken for sent.

    What breaks it: taking a record for sent when it was handed to the client.
    """
    producer = await subject.broker.producer()
    if isinstance(producer, KafkaProducer):
        producer.ack_seconds = 0.5
    await producer.send([Outgoing(topic=subject.topic, key=b"asg_1", value=b"before")])
    with subject.away(), pytest.raises(BrokerUnavailable):
        await producer.send([Outgoing(topic=subject.topic, key=b"asg_1", value=b"during")])
    await producer.close()
    await send(subject, b"during", b"after")
    found = values(await collect(await join(), 3))
    assert list(dict.fromkeys(found)) == [b"before", b"during", b"after"]


async def test_an_unanswered_commit_is_an_unknown_too(subject: Subject, join: Join) -> None:
    await send(subject, b"1")
    member = await join()
    if isinstance(member, KafkaSubscription):
        member.commit_seconds = 0.5
    records = await collect(member, 1)
    with subject.away(), pytest.raises(BrokerUnavailable):
        await member.commit(behind(records))
    if isinstance(member, KafkaSubscription):
        member.commit_seconds = 10
    await member.commit(behind(records))
