"""Apache Kafka through aiokafka, with its known traps closed (ADR 0004)."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError, RebalanceInProgressError

from shared.messaging.broker import BrokerUnavailable, NoLongerOurs, OnRevoke, Outgoing, Place, Record

START_SECONDS = 30
ACK_SECONDS = 10
COMMIT_SECONDS = 5
STOP_SECONDS = 5
FETCH_GRACE_SECONDS = 30

T = TypeVar("T")


async def _answered(call: Awaitable[T], seconds: float) -> T:
    """The call's result. Any Kafka error, and no answer in this time, is BrokerUnavailable."""
    try:
        async with asyncio.timeout(seconds):
            return await call
    except (KafkaError, TimeoutError, OSError) as error:
        raise BrokerUnavailable(type(error).__name__) from error


async def _stopped(client: AIOKafkaProducer | AIOKafkaConsumer) -> None:
    """Stops a client that may hang or fail while stopping; both mean it is gone."""
    with suppress(BrokerUnavailable, asyncio.CancelledError):
        await _answered(client.stop(), STOP_SECONDS)


class KafkaProducer:
    """An idempotent producer; useless after the first error, as an indefinite outcome poisons its sequence numbers."""

    def __init__(self, client: AIOKafkaProducer) -> None:
        self.ack_seconds: float = ACK_SECONDS
        self._client = client

    async def send(self, records: Sequence[Outgoing]) -> None:
        """Sends all and waits for every acknowledgement. Raises BrokerUnavailable."""
        await _answered(self._send(records), self.ack_seconds)

    async def close(self) -> None:
        """Lets go within seconds."""
        await _stopped(self._client)

    async def _send(self, records: Sequence[Outgoing]) -> None:
        acknowledgements = [
            await self._client.send(record.topic, record.value, key=record.key, headers=list(record.headers))
            for record in records
        ]
        await asyncio.gather(*acknowledgements)


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    def __init__(self, on_revoke: OnRevoke) -> None:
        self._on_revoke = on_revoke

    async def on_partitions_revoked(self, revoked: object) -> None:
        await self._on_revoke()

    async def on_partitions_assigned(self, assigned: object) -> None:
        pass


class KafkaSubscription:
    """One group member with manual commits of explicit offsets."""

    def __init__(self, client: AIOKafkaConsumer) -> None:
        self.commit_seconds: float = COMMIT_SECONDS
        self._client = client

    async def fetch(self, *, limit: int, wait_ms: int) -> Sequence[Record]:
        """The next records, each partition in order. Raises BrokerUnavailable."""
        batches = await _answered(
            self._client.getmany(timeout_ms=wait_ms, max_records=limit), wait_ms / 1000 + FETCH_GRACE_SECONDS
        )
        return [_record(message) for messages in batches.values() for message in messages]

    async def commit(self, next_offsets: Mapping[Place, int]) -> None:
        """Stores where to go on. Raises NoLongerOurs or BrokerUnavailable."""
        offsets = {TopicPartition(place.topic, place.partition): offset for place, offset in next_offsets.items()}
        try:
            await _answered(self._client.commit(offsets), self.commit_seconds)
        except BrokerUnavailable as error:
            if isinstance(error.__cause__, CommitFailedError | IllegalStateError | RebalanceInProgressError):
                raise NoLongerOurs("the group rebalanced") from error
            raise

    async def lag(self) -> Mapping[Place, int]:
        """Records not fetched yet, by partition. Raises BrokerUnavailable."""
        held = list(self._client.assignment())
        ends = await _answered(self._client.end_offsets(held), COMMIT_SECONDS)
        return {
            Place(tp.topic, tp.partition): end - await _answered(self._client.position(tp), COMMIT_SECONDS)
            for tp, end in ends.items()
        }

    async def close(self) -> None:
        """Stops fetching; as a static member it keeps its place in the group for its successor."""
        await _stopped(self._client)


class KafkaBroker:
    """Producers and subscriptions of one Kafka cluster."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._bootstrap_servers = bootstrap_servers

    async def producer(self) -> KafkaProducer:
        """A connected producer: acks=all, idempotent, no lingering. Raises BrokerUnavailable."""
        client = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap_servers,
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            request_timeout_ms=5_000,
        )
        await self._started(client)
        return KafkaProducer(client)

    async def subscribe(
        self, *, group: str, topics: Sequence[str], instance: str, on_revoke: OnRevoke
    ) -> KafkaSubscription:
        """A connected static member: earliest, committed reads, manual commits. Raises BrokerUnavailable."""
        client = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap_servers,
            group_id=group,
            group_instance_id=f"{group}-{instance}",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            session_timeout_ms=10_000,
            heartbeat_interval_ms=3_000,
            fetch_max_wait_ms=1_000,  # at rest, a question a second; what arrives is answered at once
            consumer_timeout_ms=2_000,  # else the fetcher looks five times a second whether its question is answered
            rebalance_timeout_ms=30_000,
            max_poll_interval_ms=300_000,
            request_timeout_ms=15_000,
        )
        client.subscribe(list(topics), listener=_Listener(on_revoke))
        await self._started(client)
        return KafkaSubscription(client)

    async def _started(self, client: AIOKafkaProducer | AIOKafkaConsumer) -> None:
        try:
            await _answered(client.start(), START_SECONDS)
        except BrokerUnavailable:
            await _stopped(client)
            raise


def _record(message: Any) -> Record:
    return Record(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        key=message.key,
        value=message.value,
        headers=tuple((name, value or b"") for name, value in message.headers),
    )
