"""The rest of the house, as one service's tests see it: events come in, and what the service says is read back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, update

from shared.contracts.catalogue import CATALOGUE, Topic
from shared.contracts.event import E, Event, decode
from shared.db.tables import outbox, parked_event
from shared.db.work import Works
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.repairs import Repairs
from shared.testing.events import an_envelope, recorded


@dataclass
class House:
    """Delivers events to one service as the broker would, and reads its outbox."""

    works: Works
    handlers: Handlers
    versions: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def say(self, *events: Event, publisher: str | None = None) -> None:
        """Each event arrives, as the next version of its aggregate. Fails when one is parked."""
        await self.say_anyhow(*events, publisher=publisher)
        parked = await self.parked()
        assert not parked, f"parked: {parked}"

    async def say_anyhow(self, *events: Event, publisher: str | None = None) -> None:
        """Each event arrives; one that the service cannot take is parked."""
        await Delivery(self.works, self.handlers).deliver([self._record(event, publisher) for event in events])

    async def settle(self) -> None:
        """Tries what is parked and due until nothing more moves."""
        repairs = Repairs(self.works, self.handlers)
        while await repairs.run_once():
            pass

    async def make_due(self) -> None:
        """Lets the time pass that parked events wait for."""
        async with self.works.engine.begin() as connection:
            await connection.execute(
                update(parked_event).where(parked_event.c.retry_at.is_not(None)).values(retry_at=func.now())
            )

    async def said(self, event_class: type[E]) -> Sequence[E]:
        """Every event of this class that the service published, in order."""
        statement = select(outbox.c.payload).where(outbox.c.type == event_class.event_type).order_by(outbox.c.position)
        async with self.works.engine.connect() as connection:
            return [decode(event_class, payload.encode()) for payload in await connection.scalars(statement)]

    async def versions_said(self, topic: str) -> dict[str, list[int]]:
        """The versions published on a topic, by key: a log must read 1, 2, 3 …"""
        statement = select(outbox.c.aggregateid, outbox.c.aggregateversion).order_by(outbox.c.position)
        found: dict[str, list[int]] = {}
        async with self.works.engine.connect() as connection:
            for key, version in (await connection.execute(statement.where(outbox.c.aggregatetype == topic))).all():
                found.setdefault(key, []).append(version)
        return found

    async def parked(self) -> Sequence[tuple[str, str]]:
        """Reason and error of each event that waits."""
        statement = select(parked_event.c.reason, parked_event.c.error).where(parked_event.c.settled_at.is_(None))
        async with self.works.engine.connect() as connection:
            return [(row.reason, row.error) for row in (await connection.execute(statement)).all()]

    def _record(self, event: Event, publisher: str | None) -> Any:
        topic = _topic(event, publisher)
        key = str(getattr(event, topic.key))
        self.versions[topic.name, key] += 1
        return recorded(
            an_envelope(
                event,
                version=self.versions[topic.name, key],
                topic=topic.name,
                subject=key,
                source=f"/firstshift/{topic.publisher}",
                actor=f"system:{topic.publisher}",
            )
        )


def _topic(event: Event, publisher: str | None) -> Topic:
    """The topic of an event; `publisher` decides where several services publish it."""
    return next(t for t in CATALOGUE if type(event) in t.events and publisher in (None, t.publisher))
