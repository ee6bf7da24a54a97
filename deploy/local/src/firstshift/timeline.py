"""One timeline from the parts of all services: in the order of time, an effect never before its cause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One published event, as its service remembers it."""

    service: str
    id: str
    time: datetime
    type: str
    topic: str
    key: str
    version: int
    actor: str
    correlation_id: str
    causation_id: str | None
    is_published: bool
    data: Mapping[str, Any]

    @classmethod
    def of(cls, service: str, entry: Mapping[str, Any]) -> Self:
        """From an entry of a service's timeline."""
        plain = ("id", "type", "topic", "key", "version", "actor", "correlation_id", "causation_id", "is_published")
        return cls(
            service=service,
            time=datetime.fromisoformat(entry["time"]),
            data=entry["data"] or {},
            **{name: entry[name] for name in plain},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An event at its place: its number from 1, how many causes lie behind it, and the number of the nearest."""

    number: int
    event: Traced
    depth: int
    cause: int | None


def one_timeline(events: Iterable[Traced]) -> tuple[Step, ...]:
    """The events in the order of time; at one instant, and whatever the clocks say, a cause before its effects."""
    known = {event.id: event for event in sorted(events, key=lambda event: (event.time, event.id))}
    firsts: dict[str, Traced] = {}
    for event in known.values():
        firsts.setdefault(event.correlation_id, event)
    lines = {event.id: _line(event, known, firsts) for event in known.values()}
    ordered = sorted(known.values(), key=lambda event: _place(lines[event.id]))
    numbers = {event.id: number for number, event in enumerate(ordered, start=1)}
    return tuple(
        Step(
            number=numbers[event.id],
            event=event,
            depth=len(lines[event.id]) - 1,
            cause=numbers[lines[event.id][1].id] if len(lines[event.id]) > 1 else None,
        )
        for event in ordered
    )


def _line(event: Traced, known: Mapping[str, Traced], firsts: Mapping[str, Traced]) -> tuple[Traced, ...]:
    """The event, its cause, the cause of that, and so on."""
    line = [event]
    while (cause := _cause(line[-1], known, firsts)) and cause not in line:
        line.append(cause)
    return tuple(line)


def _cause(event: Traced, known: Mapping[str, Traced], firsts: Mapping[str, Traced]) -> Traced | None:
    """What it names; if that is about something else, the first event of the same command."""
    if event.causation_id is None:
        return None
    return known.get(event.causation_id) or firsts[event.correlation_id]


def _place(line: tuple[Traced, ...]) -> tuple[datetime, int, str]:
    return max(event.time for event in line), len(line), line[0].id
