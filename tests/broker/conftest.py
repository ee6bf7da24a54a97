"""One Kafka for the whole run, and each test's own topic and group on the broker it is about."""

import asyncio
import os
import shutil
import signal
import tempfile
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from rich.console import Console

from firstshift.child import Child
from firstshift.home import Home
from firstshift.kafka import kafka_program
from firstshift.kafka_jars import cache_folder, fetch_jars
from firstshift.narration import Narration
from firstshift.ports import give_port
from firstshift.topics import WantedTopic, ensure_topics
from shared.messaging.broker import Broker, OnRevoke, Subscription
from shared.messaging.kafka import KafkaBroker
from shared.messaging.memory import MemoryBroker
from shared.testing.garbage import collect_quietly

_numbers = count(1)


class Kafka:
    """A real broker, kept running in a thread of its own."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.address = f"127.0.0.1:{child.program.port}"

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Within, the process stands still: connections stay open and nothing is answered."""
        assert self.child.pid
        os.kill(self.child.pid, signal.SIGSTOP)
        try:
            os.waitid(os.P_PID, self.child.pid, os.WSTOPPED)  # its threads stop one by one and answer until then
            yield
        finally:
            os.kill(self.child.pid, signal.SIGCONT)


@pytest.fixture(scope="session")
def kafka() -> Iterator[Kafka]:
    """The broker; the first run fetches it."""
    folder = Path(tempfile.mkdtemp(prefix="firstshift-kafka-"))
    home = Home(folder / "data")
    home.prepare()
    give_port(home, "kafka", 0)
    give_port(home, "kafka-controller", 0)
    fetch_jars(cache_folder())
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    log = Narration(home.logs, console=Console(file=StringIO(), soft_wrap=True)).part("kafka")
    child = Child(kafka_program(home), log)
    loop.call_soon_threadsafe(child.start)
    try:
        asyncio.run_coroutine_threadsafe(child.until_ready(), loop).result()
        yield Kafka(child)
    finally:
        asyncio.run_coroutine_threadsafe(child.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        collect_quietly()
        shutil.rmtree(folder)


class Subject(ABC):
    """A broker under test, with a topic and a group that nobody else uses."""

    def __init__(self) -> None:
        number = next(_numbers)
        self.topic = f"tests.subject_{number}.v1"
        self.group = f"group-{number}"

    @property
    @abstractmethod
    def broker(self) -> Broker:
        """The broker."""

    @abstractmethod
    @contextmanager
    def away(self) -> Iterator[None]:
        """Within, the broker does not answer."""

    @abstractmethod
    async def prepare(self) -> None:
        """Makes the topic, where it must be made."""


class OnMemory(Subject):
    def __init__(self) -> None:
        super().__init__()
        self._broker = MemoryBroker()

    @property
    def broker(self) -> Broker:
        return self._broker

    @contextmanager
    def away(self) -> Iterator[None]:
        self._broker.is_away = True
        yield
        self._broker.is_away = False

    async def prepare(self) -> None:
        pass


class OnKafka(Subject):
    def __init__(self, kafka: Kafka) -> None:
        super().__init__()
        self.kafka = kafka
        self._broker = KafkaBroker(kafka.address)

    @property
    def broker(self) -> Broker:
        return self._broker

    @contextmanager
    def away(self) -> Iterator[None]:
        with self.kafka.frozen():
            yield

    async def prepare(self) -> None:
        await ensure_topics(self.kafka.address, [WantedTopic(name=self.topic, partitions=3, config={})])


@pytest.fixture(params=["memory", pytest.param("kafka", marks=pytest.mark.kafka)])
async def subject(request: pytest.FixtureRequest) -> Subject:
    """Each test runs once on the broker in memory and once on Kafka."""
    subject = OnMemory() if request.param == "memory" else OnKafka(request.getfixturevalue("kafka"))
    await subject.prepare()
    return subject


Join = Callable[..., Awaitable[Subscription]]


@pytest.fixture
async def join(subject: Subject) -> AsyncIterator[Join]:
    """Makes members of the group, which leave when the test ends."""
    members: list[Subscription] = []

    async def joined(instance: str = "0", *, on_revoke: OnRevoke | None = None) -> Subscription:
        member = await subject.broker.subscribe(
            group=subject.group, topics=[subject.topic], instance=instance, on_revoke=on_revoke or nothing_in_hand
        )
        members.append(member)
        return member

    yield joined
    for member in members:
        await member.close()


async def nothing_in_hand() -> None:
    """A member that has nothing to finish."""
