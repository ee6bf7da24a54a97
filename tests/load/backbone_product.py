"""The product's own relay and consumer, put together as its worker does."""

import asyncio
from collections.abc import Sequence

from housing.consumers import handlers
from shared.clock import FixedClock, SystemClock
from shared.contracts.assignments import OfferAccepted
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.messaging.broker import Record
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.kafka import KafkaBroker
from shared.messaging.relay import Relay
from shared.principal import system
from tests.load.backbone import Course, OnEffects
from tests.load.case_rows import NOW

POLL_SECONDS = 0.02


class ProductSender:
    """Units of work of assignments, and its relay."""

    def __init__(self, course: Course) -> None:
        self._engine = make_engine(course.publisher, application_name="bench")
        self._works = Works("assignments", self._engine, SystemClock())
        self._relay = Relay("assignments", course.publisher, KafkaBroker(course.kafka))
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._running = asyncio.create_task(self._relay.run(self._stop))

    async def write(self, offer: OfferAccepted) -> None:
        async with self._works.begin(system("assignments")) as work:
            work.publish(offer, version=1)

    async def stop(self) -> None:
        self._stop.set()
        if self._running:
            await self._running
        await self._engine.dispose()


class _Telling(Delivery):
    """The real delivery, which tells when it has committed."""

    on_effects: OnEffects

    async def deliver(self, records: Sequence[Record]) -> None:
        await super().deliver(records)
        self.on_effects([(record.key or b"").decode() for record in records])


class ProductReceiver:
    """Housing's consumer."""

    def __init__(self, course: Course) -> None:
        self._engine = make_engine(course.consumer, application_name="bench")
        self._delivery = _Telling(Works("housing", self._engine, FixedClock(NOW)), handlers)
        self._consumer = Consumer(
            KafkaBroker(course.kafka), self._delivery, group=course.group, topics=handlers.topics, instance="0"
        )
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def start(self, on_effects: OnEffects) -> None:
        self._delivery.on_effects = on_effects
        self._running = asyncio.create_task(self._consumer.run(self._stop))
        while not self._consumer.is_connected:
            await asyncio.sleep(POLL_SECONDS)

    async def stop(self) -> None:
        self._stop.set()
        if self._running:
            await self._running
        await self._engine.dispose()
