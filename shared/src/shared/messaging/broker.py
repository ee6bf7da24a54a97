"""What the backbone needs of a message broker.

Kafka is the real one; the memory broker passes the same conformance suite.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.errors import Unavailable

Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A record to be sent."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as it was read."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One partition of a topic."""

    topic: str
    partition: int


class BrokerUnavailable(Unavailable):
    """The broker did not answer, or not for certain; what was sent may or may not be there."""


class NoLongerOurs(Unavailable):
    """The partition moved to another member while we worked; its records come again there."""


class Producer(Protocol):
    """Sends records; those of one key stay in order."""

    async def send(self, records: Sequence[Outgoing]) -> None:
        """Returns when every record is acknowledged by all in-sync replicas.

        Raises BrokerUnavailable when that is not certain: the producer is then closed and a new one must be made.
        """
        ...

    async def close(self) -> None:
        """Lets go of the connection; never hangs, never raises."""
        ...


class Subscription(Protocol):
    """One member of a consumer group."""

    async def fetch(self, *, limit: int, wait_ms: int) -> Sequence[Record]:
        """The next records of all partitions held, each partition in order; empty after `wait_ms` without any.

        Raises BrokerUnavailable.
        """
        ...

    async def commit(self, next_offsets: Mapping[Place, int]) -> None:
        """Stores where to go on. Raises NoLongerOurs after a rebalance, BrokerUnavailable when it is not certain."""
        ...

    async def lag(self) -> Mapping[Place, int]:
        """Records not yet fetched, by partition held. Raises BrokerUnavailable."""
        ...

    async def close(self) -> None:
        """Leaves; never hangs, never raises."""
        ...


OnRevoke = Callable[[], Awaitable[None]]
"""Called before partitions are taken away: finish and commit what is in hand, drop what is buffered."""


class Broker(Protocol):
    """Makes producers and subscriptions."""

    async def producer(self) -> Producer:
        """A connected producer. Raises BrokerUnavailable."""
        ...

    async def subscribe(self, *, group: str, topics: Sequence[str], instance: str, on_revoke: OnRevoke) -> Subscription:
        """A connected member that starts at the group's offsets, or at the beginning. Raises BrokerUnavailable."""
        ...
