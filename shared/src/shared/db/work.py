"""The unit of work: one transaction with its session, clock, actor, and the events it will publish.

Only a door opens one: the HTTP command, the consumer loop, the job loop. Use cases receive it and never commit.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from zlib import crc32

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.clock import Clock
from shared.contracts.catalogue import StreamKind, Topic, state_topic_of, topic_of
from shared.contracts.event import E, Event, encode
from shared.db import replicas
from shared.db.bulk import Change
from shared.db.session import make_session, memory_of
from shared.db.tables import outbox
from shared.errors import NotYetKnown
from shared.ids import new_id, new_uuid
from shared.principal import Principal

SHARDS = 16
"""Each aggregate belongs to one shard; a shard has one relay at a time."""

OUTBOX_CHANNEL = "outbox"

LARGEST_EVENT = 900 * 1024
"""Bytes of JSON. The broker refuses records over 1 MiB, and one that it refuses would hold up its shard for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why something happens: the first command (`correlation_id`), the event just before it, and the trace."""

    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None
    publisher: str | None = None
    """The service whose event is being handled, if one is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a transaction to which it can go back while nothing later is written."""

    changes: int
    events: int
    writes: int


@dataclass(slots=True)
class Transaction:
    """What all units of work of one database transaction share."""

    session: AsyncSession
    pending: list[dict[str, object]] = field(default_factory=list)
    is_abandoned: bool = False

    def mark(self) -> Mark:
        """This moment."""
        memory = memory_of(self.session)
        return Mark(changes=len(memory.undo), events=len(self.pending), writes=memory.writes)

    def take_back(self, to: Mark) -> bool:
        """Takes back what was saved and published since; False, and nothing is, when some of it is written already."""
        memory = memory_of(self.session)
        if memory.writes != to.writes:
            return False
        memory.take_back(to.changes)
        del self.pending[to.events :]
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One command or one event being handled."""

    transaction: Transaction
    service: str
    epoch: int
    now: datetime
    principal: Principal
    cause: Cause
    seen_version: int | None = None
    """The version that the caller had seen of what the command changes, where they said it (If-Match)."""

    @property
    def session(self) -> AsyncSession:
        """The SQLAlchemy session of the transaction."""
        return self.transaction.session

    @property
    def correlation_id(self) -> str:
        """The id of the first command or message that led here."""
        return self.cause.correlation_id

    def new_id(self, prefix: str) -> str:
        """A fresh id of this kind, such as `asg_…`."""
        return new_id(prefix)

    def because_of(self, cause: Cause) -> "Work":
        """A unit of work for another cause, in the same transaction."""
        return replace(self, cause=cause)

    def publish(self, event: Event, *, version: int) -> None:
        """Puts the event in the outbox as this version of its aggregate.

        Call it after the aggregate's row is locked. Raises KeyError when the catalogue does not let this service
        publish it, and ValueError when it is larger than the broker takes.
        """
        topic = topic_of(self.service, type(event))
        key = str(getattr(event, topic.key))
        payload = encode(event)
        if len(payload) > LARGEST_EVENT:
            raise ValueError(f"{event.event_type} of {key} has {len(payload)} bytes; at most {LARGEST_EVENT} travel")
        self._enqueue(topic, key, version, event_type=event.event_type, payload=payload.decode())
        self.transaction.pending[-1]["assignmentid"] = getattr(event, "assignment_id", None)

    def erase(self, topic: Topic, key: str, *, version: int) -> None:
        """Publishes a tombstone: every consumer forgets this key of a state stream.

        Raises KeyError when the topic is not this service's or is a log, which has no tombstones.
        """
        if topic.publisher != self.service or topic.kind is not StreamKind.STATE:
            raise KeyError(f"the catalogue does not let {self.service} erase in {topic.name}")
        self._enqueue(topic, key, version, event_type="erased", payload=None)

    def abandon(self) -> None:
        """Undo everything at the end: a dry run."""
        self.transaction.is_abandoned = True

    async def known(self, state: type[E], key: str) -> E | None:
        """This service's copy of another service's state, if it has arrived."""
        return await replicas.find(self.session, state, topic=state_topic_of(state).name, key=key)

    async def require_known(self, state: type[E], key: str) -> E:
        """The same for an event that refers to it. Raises NotYetKnown when it has not arrived: the event is retried."""
        found = await self.known(state, key)
        if found is None:
            raise NotYetKnown(f"{state.event_type} of {key} has not arrived")
        return found

    def _enqueue(self, topic: Topic, key: str, version: int, *, event_type: str, payload: str | None) -> None:
        self.transaction.pending.append(
            {
                "id": new_uuid(),
                "aggregatetype": topic.name,
                "aggregateid": key,
                "aggregateversion": version,
                "type": event_type,
                "payload": payload,
                "time": self.now,
                "actor": self.principal.subject,
                "correlationid": self.cause.correlation_id,
                "causationid": self.cause.causation_id,
                "assignmentid": None,
                "traceparent": self.cause.traceparent,
                "epoch": self.epoch,
                "shard": crc32(key.encode()) % SHARDS,
            }
        )


class Works:
    """Opens the units of work of one service."""

    def __init__(self, service: str, engine: AsyncEngine, clock: Clock, *, epoch: int = 1) -> None:
        self.service = service
        self.engine = engine
        self.clock = clock
        self.epoch = epoch

    @asynccontextmanager
    async def begin(
        self,
        principal: Principal,
        *,
        correlation_id: str | None = None,
        traceparent: str | None = None,
        seen_version: int | None = None,
    ) -> AsyncIterator[Work]:
        """A unit of work that commits at the end, unless an exception leaves it or it was abandoned."""
        async with make_session(self.engine) as session, session.begin():
            transaction = Transaction(session)
            yield Work(
                transaction=transaction,
                service=self.service,
                epoch=self.epoch,
                now=self.clock.now(),
                principal=principal,
                cause=Cause(correlation_id=correlation_id or str(new_uuid()), traceparent=traceparent),
                seen_version=seen_version,
            )
            if transaction.is_abandoned:
                await session.rollback()
            else:
                await _record(session, transaction.pending)


async def _record(session: AsyncSession, pending: Sequence[dict[str, object]]) -> None:
    """Writes what was saved, and the outbox last, after every aggregate's lock; wakes the relay at the commit."""
    memory = memory_of(session)
    if not pending:
        await session.run_sync(memory.write)
    else:
        also = [Change(table=outbox, new=pending)]
        await session.run_sync(lambda sync: memory.write(sync, also, notify=OUTBOX_CHANNEL))
