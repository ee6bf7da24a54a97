"""Runs one service with crash points around its broker: `python launch.py <service> serve`.

The service's own code stays as it is: only the broker it is given is wrapped. What is to happen is ordered by files in
the folder FAULTS_FOLDER, named `<service>.<what>`:

- `before_send`, `before_mark`, `before_offsets` hold a number n: at the n-th time the process ends as by kill -9, and
  the file is renamed to `<service>.<what>.hit`. They lie after the commit and before the events are sent; after the
  events are sent and before they are marked as published; after the database's commit and before that of the offsets.
- `hold`: the broker seems to be away, so that events pile up in the outbox.
- `disorder`: each batch is sent with neighbours of one key swapped; the swaps are noted in `<service>.disordered`.
- `slow` holds seconds: every handler takes that much longer.
"""

import asyncio
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from shared.messaging.broker import BrokerUnavailable, OnRevoke, Outgoing, Place, Producer, Record, Subscription
from shared.messaging.handlers import Handlers
from shared.messaging.kafka import KafkaBroker
from shared.runtime import process


class Orders:
    """The files that tell this process what is to happen to it."""

    def __init__(self, folder: Path, service: str) -> None:
        self._folder = folder
        self._service = service

    def file(self, what: str) -> Path:
        """Where the order stands, if it is given."""
        return self._folder / f"{self._service}.{what}"

    def crash_if_armed(self, point: str) -> None:
        """Ends the process when this is the n-th time at this point."""
        order = self.file(point)
        with suppress(FileNotFoundError):
            left = int(order.read_text()) - 1
            if left > 0:
                order.write_text(str(left))
                return
            order.rename(self.file(f"{point}.hit"))
            os.kill(os.getpid(), signal.SIGKILL)


class FaultyProducer:
    """Sends as it is ordered to."""

    def __init__(self, inner: Producer, orders: Orders) -> None:
        self._inner = inner
        self._orders = orders

    async def send(self, records: Sequence[Outgoing]) -> None:
        if self._orders.file("hold").exists():
            await self._inner.close()
            raise BrokerUnavailable("held")
        self._orders.crash_if_armed("before_send")
        await self._inner.send(self._disordered(records))
        self._orders.crash_if_armed("before_mark")

    async def close(self) -> None:
        await self._inner.close()

    def _disordered(self, records: Sequence[Outgoing]) -> Sequence[Outgoing]:
        if not self._orders.file("disorder").exists():
            return records
        sent, swapped = list(records), []
        for (topic, key), places in _places(records).items():
            for first, second in zip(places[::2], places[1::2], strict=False):
                sent[first], sent[second] = sent[second], sent[first]
                swapped.append(f"{topic} {key}\n")
        with self._orders.file("disordered").open("a") as file:
            file.writelines(swapped)
        return sent


class FaultySubscription:
    """Reads as usual; may end between the database's commit and its own."""

    def __init__(self, inner: Subscription, orders: Orders) -> None:
        self._inner = inner
        self._orders = orders

    async def fetch(self, *, limit: int, wait_ms: int) -> Sequence[Record]:
        return await self._inner.fetch(limit=limit, wait_ms=wait_ms)

    async def commit(self, next_offsets: Mapping[Place, int]) -> None:
        self._orders.crash_if_armed("before_offsets")
        await self._inner.commit(next_offsets)

    async def lag(self) -> Mapping[Place, int]:
        return await self._inner.lag()

    async def close(self) -> None:
        await self._inner.close()


class FaultyBroker:
    """Kafka, with what was ordered between it and the service."""

    orders: Orders

    def __init__(self, bootstrap_servers: str) -> None:
        self._inner = KafkaBroker(bootstrap_servers)

    async def producer(self) -> FaultyProducer:
        return FaultyProducer(await self._inner.producer(), self.orders)

    async def subscribe(
        self, *, group: str, topics: Sequence[str], instance: str, on_revoke: OnRevoke
    ) -> FaultySubscription:
        inner = await self._inner.subscribe(group=group, topics=topics, instance=instance, on_revoke=on_revoke)
        return FaultySubscription(inner, self.orders)


def _places(records: Sequence[Outgoing]) -> Mapping[tuple[str, str], Sequence[int]]:
    places = defaultdict(list)
    for place, record in enumerate(records):
        places[record.topic, (record.key or b"").decode()].append(place)
    return places


def _slow_down(orders: Orders) -> None:
    quick: Any = Handlers.handle

    async def as_ordered(*given: Any, **named: Any) -> None:
        with suppress(FileNotFoundError):
            await asyncio.sleep(float(orders.file("slow").read_text()))
        await quick(*given, **named)

    slow: Any = as_ordered
    Handlers.handle = slow  # type: ignore[method-assign]  # the one place where all handlers can be slow


def main() -> None:
    """Becomes the service."""
    service = sys.argv[1]
    FaultyBroker.orders = Orders(Path(os.environ["FAULTS_FOLDER"]), service)
    vars(process)["KafkaBroker"] = FaultyBroker
    _slow_down(FaultyBroker.orders)
    sys.argv = sys.argv[1:]
    import_module(f"{service}.__main__").main()


if __name__ == "__main__":
    main()
