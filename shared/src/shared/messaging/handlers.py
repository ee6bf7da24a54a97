"""Which function handles which event: a service's consumers, declared.

handlers = Handlers("housing")
handlers.keep(FacilityChanged)          # a copy of another service's state, read with work.known(...)

@handlers.on(OfferAccepted)
async def offer_accepted(work: Work, event: OfferAccepted) -> None: ...
"""

from collections.abc import Awaitable, Callable

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from shared.contracts.catalogue import topic_named, topics_for
from shared.contracts.event import E, Event, decode
from shared.db.tables import replica
from shared.db.work import Cause, Work
from shared.messaging.envelope import Envelope

Handler = Callable[[Work, E], Awaitable[None]]


class Handlers:
    """The events one service handles, and how."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._handlers: dict[type[Event], Handler[Event]] = {}
        self._kept: set[type[Event]] = set()

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to subscribe to."""
        return tuple(topic.name for topic in topics_for(self.service))

    @property
    def events(self) -> frozenset[tuple[str, type[Event]]]:
        """Every (topic, event) the service does something with."""
        handled = self._kept | set(self._handlers)
        return frozenset(
            (topic.name, event) for topic in topics_for(self.service) for event in topic.events if event in handled
        )

    @property
    def handled(self) -> frozenset[type[Event]]:
        """Every class of event the service does something with."""
        return frozenset(self._kept | set(self._handlers))

    def on(self, event: type[E]) -> Callable[[Handler[E]], Handler[E]]:
        """Declares the handler of an event. Raises ValueError when it has one."""

        def declare(handler: Handler[E]) -> Handler[E]:
            if event in self._handlers:
                raise ValueError(f"{event.event_type} already has a handler")
            self._handlers[event] = handler  # type: ignore[assignment]  # the key says which class it takes
            return handler

        return declare

    def keep(self, state: type[Event]) -> None:
        """Keeps a copy of this state; a handler of the same event, if there is one, runs after it is kept."""
        self._kept.add(state)

    async def handle(self, work: Work, envelope: Envelope) -> None:
        """Does what this event asks of the service; nothing when it only has to be counted.

        Raises what the handler raises, Undecodable, and pydantic.ValidationError when the value does not fit.
        """
        work = work.because_of(
            Cause(
                correlation_id=envelope.correlationid,
                causation_id=str(envelope.id),
                traceparent=envelope.traceparent,
                publisher=envelope.publisher,
            )
        )
        if envelope.data is None:
            await _forget(work, envelope)
            return
        event_class = envelope.event_class()
        if event_class not in self.handled:
            return
        event = decode(event_class, envelope.data)
        if str(getattr(event, topic_named(envelope.topic).key)) != envelope.subject:
            raise ValueError("the event's key is not its subject")
        if event_class in self._kept:
            await _keep(work, envelope, envelope.data)
        if handler := self._handlers.get(event_class):
            await handler(work, event)


async def _keep(work: Work, envelope: Envelope, data: bytes) -> None:
    row = {"version": envelope.aggregateversion, "body": data.decode()}
    statement = insert(replica).values(topic=envelope.topic, key=envelope.subject, **row)
    await work.session.execute(statement.on_conflict_do_update(index_elements=["topic", "key"], set_=row))


async def _forget(work: Work, envelope: Envelope) -> None:
    await work.session.execute(
        delete(replica).where(replica.c.topic == envelope.topic, replica.c.key == envelope.subject)
    )
