"""What makes a class an event, and its JSON form.

An event is a frozen value in the past tense. Decimals travel as strings, dates and instants as ISO 8601. A compatible
change adds a field with a default; anything else is a new class on a new version of the topic (FULL_TRANSITIVE).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

from pydantic import TypeAdapter


class Event:
    """The base of every event; `event_type` is its name on the wire, such as `offer.accepted`."""

    __slots__ = ()
    event_type: ClassVar[str]


E = TypeVar("E", bound=Event)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(event_type: str) -> Callable[[type[E]], type[E]]:
    """Makes a class a frozen, keyword-only value that travels under `event_type`."""

    def make(cls: type[E]) -> type[E]:
        cls.event_type = event_type
        return dataclass(frozen=True, slots=True, kw_only=True)(cls)

    return make


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def adapter(event_class: type[Event]) -> TypeAdapter[Any]:
    """The pydantic adapter that reads, writes and describes this class of event."""
    if event_class not in _ADAPTERS:
        _ADAPTERS[event_class] = TypeAdapter(event_class)
    return _ADAPTERS[event_class]


def encode(happened: Event) -> bytes:
    """The event's JSON value."""
    return adapter(type(happened)).dump_json(happened)


def decode(event_class: type[E], value: bytes) -> E:
    """The event in a JSON value; unknown fields are ignored. Raises pydantic.ValidationError when it does not fit."""
    return cast(E, adapter(event_class).validate_json(value))
