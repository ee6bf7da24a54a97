"""The consumer loop: fetch a batch, deliver it, and now and then commit how far it came.

Offsets are committed only after the database is, and only those of records that were delivered. They may lag behind:
what comes again is known by the inbox. When partitions are taken away, the batch in hand is finished and committed
first; what is merely buffered is dropped by the broker client.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog

from shared.db.outages import is_outage
from shared.messaging.broker import Broker, BrokerUnavailable, NoLongerOurs, Place, Record, Subscription
from shared.messaging.delivery import Delivery
from shared.messaging.letter import describe
from shared.messaging.pause import backoff, pause

log = structlog.get_logger()

BATCH = 100
WAIT_MS = 1000
DRAIN_SECONDS = 10
COMMIT_SECONDS = 0.5
"""At most so often, and when nothing more comes: at the broker, a commit is as much work as the batch itself."""
STUCK_SECONDS = 60
WATCH_SECONDS = 15


class Consumer:
    """One member of a service's consumer group."""

    def __init__(self, broker: Broker, delivery: Delivery, *, group: str, topics: Sequence[str], instance: str) -> None:
        self.broker = broker
        self.delivery = delivery
        self.group = group
        self.topics = tuple(topics)
        self.instance = instance
        self.is_connected = False
        self.stuck_seconds: float = STUCK_SECONDS
        self.watch_seconds: float = WATCH_SECONDS
        self._idle = asyncio.Event()
        self._idle.set()
        self._is_revoked = False
        self._moved_at = 0.0
        self._done: dict[Place, int] = {}
        self._committed_at = 0.0
        self._subscription: Subscription | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Consumes until `stop` is set. A broker or database that is away is waited out."""
        if not self.topics:
            return
        waits = backoff()
        while not stop.is_set():
            try:
                await self._member(stop)
                waits = backoff()
            except (BrokerUnavailable, NoLongerOurs) as error:
                log.warning("consumer.interrupted", error=describe(error))
                await pause(stop, next(waits))

    async def lag(self) -> int:
        """Records waiting in the partitions held. Raises BrokerUnavailable, also while there is no subscription."""
        if not self.topics:
            return 0
        if self._subscription is None:
            raise BrokerUnavailable("not subscribed")
        return sum((await self._subscription.lag()).values())

    async def _member(self, stop: asyncio.Event) -> None:
        subscription = await self.broker.subscribe(
            group=self.group, topics=self.topics, instance=self.instance, on_revoke=self._on_revoke
        )
        watch = asyncio.create_task(self._watch(subscription))
        self._subscription, self._moved_at, self.is_connected = subscription, _seconds(), True
        try:
            while not stop.is_set():
                await self._turn(subscription, stop)
                if watch.done():
                    watch.result()
        finally:
            self._subscription, self.is_connected = None, False
            watch.cancel()
            with suppress(asyncio.CancelledError, BrokerUnavailable):
                await watch
            with suppress(NoLongerOurs, BrokerUnavailable):
                await self._commit(subscription)
            await subscription.close()

    async def _turn(self, subscription: Subscription, stop: asyncio.Event) -> None:
        records = await subscription.fetch(limit=BATCH, wait_ms=WAIT_MS)
        self._idle.clear()
        self._is_revoked = False
        try:
            if records:
                await self._deliver(records, stop)
                self._done |= _next_offsets(records)
                self._moved_at = _seconds()
            if not records or _seconds() - self._committed_at >= COMMIT_SECONDS:
                await self._commit(subscription)
        finally:
            self._idle.set()

    async def _commit(self, subscription: Subscription) -> None:
        """Raises NoLongerOurs, BrokerUnavailable; what was not committed then comes again, here or elsewhere."""
        done, self._done = self._done, {}
        self._committed_at = _seconds()
        if done:
            await subscription.commit(done)

    async def _deliver(self, records: Sequence[Record], stop: asyncio.Event) -> None:
        for wait in backoff():
            try:
                await self.delivery.deliver(records)
                return
            except Exception as error:  # the loop's own: only the database being away comes here
                if not is_outage(error):
                    raise
                log.warning("consumer.database_away", error=describe(error))
            await pause(stop, wait)
            if stop.is_set() or self._is_revoked:
                raise NoLongerOurs("stopped while the database was away")

    async def _on_revoke(self) -> None:
        self._is_revoked = True
        with suppress(TimeoutError, NoLongerOurs, BrokerUnavailable):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._idle.wait()
            if self._subscription:
                await self._commit(self._subscription)

    async def _watch(self, subscription: Subscription) -> None:
        """Ends with BrokerUnavailable when records wait and nothing moves: a client can sit alive but stuck."""
        while True:
            await asyncio.sleep(self.watch_seconds)
            if not self._idle.is_set() or _seconds() - self._moved_at < self.stuck_seconds:
                continue
            with suppress(BrokerUnavailable):  # unreachable is not stuck
                if any((await subscription.lag()).values()):
                    break
                self._moved_at = _seconds()
        raise BrokerUnavailable("records wait but none arrives; connecting anew")


def _next_offsets(records: Sequence[Record]) -> dict[Place, int]:
    return {Place(record.topic, record.partition): record.offset + 1 for record in records}


def _seconds() -> float:
    """The loop's clock, which no change of the machine's time moves."""
    return asyncio.get_running_loop().time()
