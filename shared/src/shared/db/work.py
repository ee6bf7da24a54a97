"""The unit of work: one transaction with its session, clock, actor, and the events it will publish.

Only a door opens one: the HTTP command, the consumer loop, the job loop. Use cases receive it and never commit.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from zlib import crc32

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.clock import Clock
from shared.contracts.catalogue import StreamKind, Topic, state_topic_of, topic_of
from shared.contracts.event import E, Event, encode
from shared.db import replicas
from shared.db.bulk import Change
from shared.db.driver import AUTOCOMMIT
from shared.db.session import make_session, memory_of
from shared.db.tables import audit_entry, audit_unsealed, outbox
from shared.errors import NotYetKnown
from shared.ids import new_id, new_uuid
from shared.principal import Principal
from shared.reach import Reach

SHARDS = 16
"""Each aggregate belongs to one shard; a shard has one relay at a time."""

OUTBOX_CHANNEL = "outbox"
NOTHING: Mapping[str, object] = MappingProxyType({})

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
    happened_at: datetime | None = None
    """When what that event says came about, however late it arrives here."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a transaction to which it can go back while nothing later is written."""

    changes: int
    events: int
    entries: int
    writes: int


@dataclass(slots=True)
class Transaction:
    """What all units of work of one database transaction share."""

    session: AsyncSession
    pending: list[dict[str, object]] = field(default_factory=list)
    entries: list[dict[str, object]] = field(default_factory=list)
    """The audit's, to be written with the rest."""
    is_abandoned: bool = False

    def mark(self) -> Mark:
        """This moment."""
        memory = memory_of(self.session)
        return Mark(changes=len(memory.undo), events=len(self.pending), entries=len(self.entries), writes=memory.writes)

    def take_back(self, to: Mark) -> bool:
        """Takes back what was saved and published since; False, and nothing is, when some of it is written already."""
        memory = memory_of(self.session)
        if memory.writes != to.writes:
            return False
        memory.take_back(to.changes)
        del self.pending[to.events :]
        del self.entries[to.entries :]
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

    def publish(self, event: Event, *, version: int) -> str:
        """Puts the event in the outbox as this version of its aggregate; returns its JSON, as it will travel.

        Call it after the aggregate's row is locked. Raises KeyError when the catalogue does not let this service
        publish it, and ValueError when it is larger than the broker takes.
        """
        topic = topic_of(self.service, type(event))
        key = str(getattr(event, topic.key))
        payload = encode(event)
        if len(payload) > LARGEST_EVENT:
            raise ValueError(f"{event.event_type} of {key} has {len(payload)} bytes; at most {LARGEST_EVENT} travel")
        text = payload.decode()
        self._enqueue(topic, key, version, event_type=event.event_type, payload=text)
        self.transaction.pending[-1]["assignmentid"] = getattr(event, "assignment_id", None)
        return text

    def erase(self, topic: Topic, key: str, *, version: int) -> None:
        """Publishes a tombstone: every consumer forgets this key of a state stream.

        Raises KeyError when the topic is not this service's or is a log, which has no tombstones.
        """
        if topic.publisher != self.service or topic.kind is not StreamKind.STATE:
            raise KeyError(f"the catalogue does not let {self.service} erase in {topic.name}")
        self._enqueue(topic, key, version, event_type="erased", payload=None)

    def audit(
        self, action: str, *, object_id: str | None, reason: str | None = None, details: Mapping[str, object] = NOTHING
    ) -> None:
        """Notes who did this, why and on whose behalf, in this transaction; the sealer chains it soon after.

        `details` go into JSON; none of them may be a value that is masked anywhere.
        """
        self.transaction.entries.append(
            {
                "id": new_uuid(),
                "at": self.now,
                "actor": self.principal.subject,
                "on_behalf_of": self.principal.on_behalf_of,
                "action": action,
                "object": object_id,
                "reason": reason,
                "request_id": self.cause.correlation_id,
                "details": json.dumps(dict(details), sort_keys=True, default=str),
            }
        )

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
        self._unframed = engine.execution_options(isolation_level=AUTOCOMMIT)

    @asynccontextmanager
    async def begin(
        self,
        principal: Principal,
        *,
        correlation_id: str | None = None,
        traceparent: str | None = None,
        seen_version: int | None = None,
        reach: Reach | None = None,
    ) -> AsyncIterator[Work]:
        """A unit of work that commits at the end, unless an exception leaves it or it was abandoned.

        `reach` bounds what it may see; without it everything is seen.
        """
        cause = Cause(correlation_id=correlation_id or str(new_uuid()), traceparent=traceparent)
        async with make_session(self.engine) as session, session.begin():
            work = self._work(session, principal, cause=cause, seen_version=seen_version, reach=reach)
            yield work
            if work.transaction.is_abandoned:
                await session.rollback()
            else:
                await _record(work.transaction)

    @asynccontextmanager
    async def look(
        self,
        principal: Principal,
        *,
        correlation_id: str | None = None,
        traceparent: str | None = None,
        reach: Reach | None = None,
    ) -> AsyncIterator[Work]:
        """A unit of work that changes nothing; RuntimeError stops whoever would write.

        No transaction frames its statements: each sees what is committed when it runs, as in `begin`, for two questions
        to the database less.
        """
        cause = Cause(correlation_id=correlation_id or str(new_uuid()), traceparent=traceparent)
        async with make_session(self._unframed, is_looking=True) as session:
            yield self._work(session, principal, cause=cause, seen_version=None, reach=reach)

    def _work(
        self,
        session: AsyncSession,
        principal: Principal,
        *,
        cause: Cause,
        seen_version: int | None,
        reach: Reach | None,
    ) -> Work:
        memory_of(session).reach = reach
        return Work(
            transaction=Transaction(session),
            service=self.service,
            epoch=self.epoch,
            now=self.clock.now(),
            principal=principal,
            cause=cause,
            seen_version=seen_version,
        )


async def _record(transaction: Transaction) -> None:
    """Writes what was saved, and the outbox last, after every aggregate's lock.

    The commit wakes the relay, and the sealer of the audit with it.
    """
    memory, entries = memory_of(transaction.session), transaction.entries
    if not transaction.pending and not entries:
        await transaction.session.run_sync(memory.write)
        return
    flags = [{"entry_id": entry["id"]} for entry in entries]
    also = [
        Change(table=audit_entry, new=entries),
        Change(table=audit_unsealed, new=flags),
        Change(table=outbox, new=transaction.pending),
    ]
    await transaction.session.run_sync(lambda sync: memory.write(sync, also, notify=OUTBOX_CHANNEL))
