"""Reads events straight from Kafka, as nobody's consumer: no group, no offsets kept."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from rich.text import Text

from firstshift.errors import CannotRun
from firstshift.facts import clock_time, facts, whole
from shared.contracts.catalogue import CATALOGUE
from shared.messaging.broker import Record
from shared.messaging.envelope import Envelope, Undecodable, from_record

WAIT_MS = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events to show; None lets any pass."""

    topics: tuple[str, ...]
    assignment: str | None = None
    type: str | None = None

    def wants(self, envelope: Envelope) -> bool:
        """Whether this event is asked for."""
        is_about = self.assignment in (None, envelope.assignmentid, envelope.subject)
        return is_about and self.type in (None, envelope.type)


def topics_like(text: str | None) -> tuple[str, ...]:
    """Every topic whose name holds the text, or all. Raises CannotRun when there is none."""
    names = tuple(topic.name for topic in CATALOGUE)
    found = tuple(name for name in names if text is None or text in name)
    if text in found:
        return (text,)
    if not found:
        raise CannotRun(f"No topic is called {text}.", f"The topics are: {', '.join(names)}.")
    return found


@asynccontextmanager
async def reader(broker: str, topics: Sequence[str], *, from_beginning: bool) -> AsyncIterator[AIOKafkaConsumer]:
    """A reader of these topics. Raises CannotRun when no broker answers."""
    start = "earliest" if from_beginning else "latest"
    consumer = AIOKafkaConsumer(*topics, bootstrap_servers=broker, group_id=None, auto_offset_reset=start)
    try:
        try:
            await consumer.start()
        except KafkaError:
            fix = "`firstshift status` shows whether it runs; KAFKA_BOOTSTRAP_SERVERS names another."
            raise CannotRun(f"No Kafka broker answers at {broker}.", fix) from None
        yield consumer
    finally:
        await consumer.stop()


async def present(consumer: AIOKafkaConsumer, wanted: Wanted) -> list[Envelope | str]:
    """All that is there now, in the order of time; a record that is no event is told in a line, first."""
    ends = await consumer.end_offsets(consumer.assignment())
    found: list[Envelope | str] = []
    while any([await consumer.position(place) < end for place, end in ends.items()]):
        found += await arriving(consumer, wanted)
    return sorted(found, key=_order)


async def arriving(consumer: AIOKafkaConsumer, wanted: Wanted) -> list[Envelope | str]:
    """What came within a moment."""
    batches = await consumer.getmany(timeout_ms=WAIT_MS)
    read = [_read(message) for messages in batches.values() for message in messages]
    return [one for one in read if isinstance(one, str) or wanted.wants(one)]


def event_line(envelope: Envelope | str, *, with_data: bool) -> Text:
    """One event in one line: business time, publisher, type, key, version, and what it says."""
    if isinstance(envelope, str):
        return Text(envelope, style="red")
    line = Text(f"{clock_time(envelope.time)} ", style="dim")
    line.append(f"{envelope.publisher:<14}", style="cyan").append(f"{envelope.type:<20} ", style="bold")
    line.append(f"{envelope.subject} v{envelope.aggregateversion} ")
    if envelope.replay:
        line.append(f"(replay for {envelope.replay}) ", style="yellow")
    if envelope.assignmentid not in (None, envelope.subject):
        line.append(f"about {envelope.assignmentid} ", style="dim")
    return line.append(_said(envelope, with_data=with_data), style="dim")


def _said(envelope: Envelope, *, with_data: bool) -> str:
    if envelope.data is None:
        return "(tombstone: forget this key)"
    try:
        data = json.loads(envelope.data)
    except ValueError:
        return "(its value is no JSON)"
    return whole(data) if with_data else facts(envelope.topic, data)


def _read(message: Any) -> Envelope | str:
    record = Record(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        key=message.key,
        value=message.value,
        headers=tuple(message.headers),
    )
    try:
        return from_record(record)
    except Undecodable as error:
        return f"{record.topic} partition {record.partition} offset {record.offset}: no event ({error})"


def _order(one: Envelope | str) -> tuple[str, str]:
    return ("", one) if isinstance(one, str) else (one.time.isoformat(), str(one.id))
