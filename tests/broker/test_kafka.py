"""What only Kafka can show: the settings that keep its promises."""

import asyncio

import pytest
from aiokafka import AIOKafkaProducer

from shared.messaging.broker import BrokerUnavailable, Outgoing
from shared.messaging.kafka import KafkaBroker, KafkaProducer
from tests.broker.conftest import Kafka, OnKafka, nothing_in_hand

pytestmark = [
    pytest.mark.kafka,
    pytest.mark.usefixtures("collected"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
async def subject(kafka: Kafka) -> OnKafka:
    subject = OnKafka(kafka)
    await subject.prepare()
    return subject


async def test_a_producer_waits_for_all_replicas_and_is_idempotent(subject: OnKafka) -> None:
    """aiokafka's own defaults are acks=1 and no idempotence."""
    producer = await subject.broker.producer()
    assert isinstance(producer, KafkaProducer)
    client = producer._client
    assert (client._sender._acks, client._txn_manager is not None) == (-1, True)
    await producer.close()


async def test_a_consumer_starts_at_the_beginning_commits_by_hand_and_sees_what_was_committed_only(
    subject: OnKafka,
) -> None:
    """aiokafka's own defaults are latest, automatic commits and uncommitted reads."""
    hasty = AIOKafkaProducer(bootstrap_servers=subject.kafka.address, transactional_id=subject.group)
    await hasty.start()
    await hasty.begin_transaction()
    await hasty.send_and_wait(subject.topic, b"undone", key=b"asg_1")
    await hasty.abort_transaction()
    await hasty.stop()
    producer = await subject.broker.producer()
    await producer.send([Outgoing(topic=subject.topic, key=b"asg_1", value=b"done")])
    await producer.close()
    for _ in range(2):
        member = await subject.broker.subscribe(
            group=subject.group, topics=[subject.topic], instance="0", on_revoke=nothing_in_hand
        )
        async with asyncio.timeout(20):
            while not (records := await member.fetch(limit=10, wait_ms=200)):
                pass
        assert [record.value for record in records] == [b"done"]
        await member.close()


async def test_a_header_without_a_value_is_read_as_an_empty_one(subject: OnKafka) -> None:
    client = AIOKafkaProducer(bootstrap_servers=subject.kafka.address)
    await client.start()
    await client.send_and_wait(subject.topic, b"1", headers=[("ce_id", None)])
    await client.stop()
    member = await subject.broker.subscribe(
        group=subject.group, topics=[subject.topic], instance="0", on_revoke=nothing_in_hand
    )
    async with asyncio.timeout(20):
        while not (records := await member.fetch(limit=10, wait_ms=200)):
            pass
    await member.close()
    assert [record.headers for record in records] == [(("ce_id", b""),)]


async def test_where_no_broker_is_that_is_said() -> None:
    nowhere = KafkaBroker("127.0.0.1:1")
    with pytest.raises(BrokerUnavailable):
        await nowhere.producer()
    with pytest.raises(BrokerUnavailable):
        await nowhere.subscribe(group="g", topics=["t"], instance="0", on_revoke=nothing_in_hand)
