"""The real broker, and the catalogue's topics on it."""

import asyncio
import os
import signal

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from firstshift.child import Child
from firstshift.home import Home
from firstshift.kafka import kafka_program
from firstshift.kafka_jars import cache_folder, fetch_jars
from firstshift.narration import Narration
from firstshift.ports import give_port
from firstshift.topics import WantedTopic, catalogue_topics, ensure_topics
from shared.contracts.catalogue import CATALOGUE

pytestmark = [pytest.mark.usefixtures("collected"), pytest.mark.filterwarnings("ignore::ResourceWarning")]

KEPT = WantedTopic(name="kept.v1", partitions=3, config={"cleanup.policy": "compact"})


async def config_of(broker: str, topic: str) -> dict[str, str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=broker)
    await admin.start()
    [answer] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    await admin.close()
    return {entry[0]: entry[1] for entry in answer.resources[0][4]}


async def until_retention_is(broker: str, wanted: str) -> None:
    """A changed configuration is acknowledged before every part of the broker shows it."""
    async with asyncio.timeout(20):
        while (await config_of(broker, KEPT.name)).get("retention.ms") != wanted:
            await asyncio.sleep(0.05)


async def send(broker: str, value: bytes) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=broker, acks="all")
    await producer.start()
    await producer.send_and_wait(KEPT.name, value, key=b"key")
    await producer.stop()


async def read(broker: str, count: int) -> list[bytes]:
    consumer = AIOKafkaConsumer(KEPT.name, bootstrap_servers=broker, group_id="reader", auto_offset_reset="earliest")
    await consumer.start()
    values = [(await consumer.getone()).value for _ in range(count)]
    await consumer.stop()
    return values


async def test_a_broker_ended_by_force_comes_back_with_its_topics_and_events(home: Home, narration: Narration) -> None:
    give_port(home, "kafka", 0)
    give_port(home, "kafka-controller", 0)
    fetch_jars(cache_folder())
    child = Child(kafka_program(home), narration.part("kafka"))
    child.start()
    try:
        await child.until_ready()
        broker = f"127.0.0.1:{child.program.port}"
        await ensure_topics(broker, [KEPT])
        await ensure_topics(broker, [WantedTopic(name=KEPT.name, partitions=3, config={"retention.ms": "60000"})])
        await until_retention_is(broker, "60000")
        await send(broker, b"before")
        assert child.pid

        os.kill(child.pid, signal.SIGKILL)
        while not child.deaths:
            await asyncio.sleep(0.01)
        await child.until_ready()

        await send(broker, b"after")
        assert sorted(await read(broker, 2)) == [b"after", b"before"]
    finally:
        await child.stop()


def test_every_topic_of_the_catalogue_is_wanted_with_its_retention() -> None:
    wanted = {topic.name: topic for topic in catalogue_topics()}

    assert len(wanted) == len(CATALOGUE)
    assert wanted["assignments.clinician.v1"].config == {"cleanup.policy": "compact"}
    assert wanted["payroll.workstream.v1"].config == {
        "cleanup.policy": "delete",
        "retention.ms": str(35 * 24 * 60 * 60 * 1000),
    }
    assert {topic.partitions for topic in wanted.values()} == {3}
