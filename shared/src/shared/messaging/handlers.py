"""Which function handles which event: a service's consumers, declared.

handlers = Handlers("housing", load=load)
handlers.keep(FacilityChanged)          # a copy of another service's state, read with work.known(...)

@handlers.on(OfferAccepted)
async def offer_accepted(work: Work, event: OfferAccepted) -> None: ...

`load` reads at once, for all events of a batch, what their handlers will ask for one after another. What is to be done
with every event of the log topics, such as a timeline, is done by `watch`, which is shown the envelope besides.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import is_dataclass
from functools import cache, cached_property
from typing import Any, Protocol, get_type_hints

from shared.contracts.catalogue import CATALOGUE, StreamKind, topic_named, topics_for
from shared.contracts.event import E, Event, decode
from shared.db import replicas
from shared.db.work import Cause, Work
from shared.messaging.envelope import Envelope

Handler = Callable[[Work, E], Awaitable[None]]
Named = Mapping[str, Collection[str]]
"""The ids that a batch's events name, by field, such as `assignment_id`; and their keys, by type of event, such as
`offer.accepted`."""
Load = Callable[[Work, Named], Awaitable[None]]

_KEYS = {event: topic.key for topic in CATALOGUE for event in topic.events}
"""The field that holds the key of each event: the same on every topic that carries it."""


class Watcher(Protocol):
    """What is done with every event of the log topics."""

    async def __call__(self, work: Work, envelope: Envelope, *, event: Event) -> None:
        """Does it in the unit of work of the event's handler."""


async def _load_nothing(work: Work, named: Named) -> None:
    pass


class Handlers:
    """The events one service handles, and how."""

    def __init__(self, service: str, *, load: Load = _load_nothing) -> None:
        self.service = service
        self._load = load
        self._handlers: dict[type[Event], Handler[Event]] = {}
        self._kept: set[type[Event]] = set()
        self._watcher: Watcher | None = None
        self._watched: set[type[Event]] = set()

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to subscribe to."""
        return tuple(topic.name for topic in topics_for(self.service))

    @property
    def events(self) -> frozenset[tuple[str, type[Event]]]:
        """Every (topic, event) the service does something with."""
        handled = self.handled
        return frozenset(
            (topic.name, event) for topic in topics_for(self.service) for event in topic.events if event in handled
        )

    @property
    def handled(self) -> frozenset[type[Event]]:
        """Every class of event the service does something with."""
        return frozenset(self._kept | self._watched | set(self._handlers))

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

    def watch(self, watcher: Watcher, *also: type[Event]) -> None:
        """Calls this function with every event of a log topic that the service handles, before its handler.

        It is called in the handler's unit of work: what it did is taken back with what the handler did. `also` are
        events that nothing else is done with. Raises ValueError when there is a watcher already.
        """
        if self._watcher:
            raise ValueError(f"{self.service} already watches its log topics")
        self._watcher = watcher
        self._watched.update(also)

    def read(self, envelope: Envelope) -> Event | None:
        """The event in an envelope; None when the service does nothing with it, and for a tombstone.

        Raises Undecodable, ValueError, and pydantic.ValidationError when the value does not fit.
        """
        if envelope.data is None:
            return None
        event_class = envelope.event_class()
        if event_class not in self._handlers and event_class not in self._kept and event_class not in self._watched:
            return None
        event = decode(event_class, envelope.data)
        if str(getattr(event, topic_named(envelope.topic).key)) != envelope.subject:
            raise ValueError("the event's key is not its subject")
        return event

    async def load(self, work: Work, events: Sequence[Event]) -> None:
        """Reads at once what the handlers of these events will ask for."""
        named: dict[str, set[str]] = defaultdict(set)
        for event in events:
            _collect(event, named)
            named[event.event_type].add(str(getattr(event, _KEYS[type(event)])))
        await replicas.load(work.session, set().union(*(named[key] for key in self._state_keys)))
        await self._load(work, named)

    async def handle(self, work: Work, envelope: Envelope, *, event: Event | None) -> None:
        """Does what this event asks of the service; nothing when it only has to be counted.

        Raises what the handler raises.
        """
        work = work.because_of(
            Cause(
                correlation_id=envelope.correlationid,
                causation_id=str(envelope.id),
                traceparent=envelope.traceparent,
                publisher=envelope.publisher,
                happened_at=envelope.time,
            )
        )
        if envelope.data is None:
            await replicas.forget(work.session, envelope.topic, key=envelope.subject)
        elif event is not None:
            if type(event) in self._kept:
                body = envelope.data.decode()
                version = envelope.aggregateversion
                await replicas.keep(work.session, envelope.topic, key=envelope.subject, version=version, body=body)
            if self._watcher and topic_named(envelope.topic).kind is StreamKind.LOG:
                await self._watcher(work, envelope, event=event)
            if handler := self._handlers.get(type(event)):
                await handler(work, event)

    @cached_property
    def _state_keys(self) -> frozenset[str]:
        return frozenset(topic.key for topic in topics_for(self.service) if topic.kind is StreamKind.STATE)


def _collect(value: object, named: dict[str, set[str]]) -> None:
    """Notes each id in the fields of an event, and of the values inside it."""
    value_class: Any = type(value)
    ids, others = _fields_of(value_class)
    for name in ids:
        if found := getattr(value, name):
            named[name].add(found)
    for name in others:
        _collect(getattr(value, name), named)


@cache
def _fields_of(value_class: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the fields that hold ids, and of those that hold values with fields of their own."""
    if not is_dataclass(value_class):
        return (), ()
    types = get_type_hints(value_class)
    ids = tuple(name for name, hint in types.items() if name.endswith("_id") and hint in (str, str | None))
    return ids, tuple(name for name, hint in types.items() if is_dataclass(hint))
