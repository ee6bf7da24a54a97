"""What a service remembers of its streams, loaded and saved for a whole batch with a few statements."""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Interval, Row, bindparam, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.tables import parked_event
from shared.messaging.broker import Headers, Record
from shared.messaging.letter import Key, Letter, place_name
from shared.messaging.order import START, Position

_CLAIM = text(
    "INSERT INTO inbox (event_id) SELECT unnest(CAST(:ids AS uuid[])) ON CONFLICT DO NOTHING RETURNING event_id"
)
_BEGIN = text(
    "INSERT INTO stream_position (topic, key, epoch, version) SELECT topic, key, 0, 0"
    " FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[])) AS stream (topic, key)"
    " ORDER BY topic, key ON CONFLICT DO NOTHING"
)
_POSITIONS = text(
    "SELECT topic, key, epoch, version FROM stream_position"
    " WHERE (topic, key) IN (SELECT * FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[])))"
    " ORDER BY topic, key FOR UPDATE"
)
_ADVANCE = text(
    "UPDATE stream_position AS stream SET epoch = moved.epoch, version = moved.version"
    " FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[]), CAST(:epochs AS int[]), CAST(:versions AS int[]))"
    " AS moved (topic, key, epoch, version)"
    " WHERE stream.topic = moved.topic AND stream.key = moved.key"
)
_WAKE = text(
    "UPDATE parked_event AS waiting SET retry_at = now()"
    " FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[]), CAST(:versions AS int[]))"
    " AS stream (topic, key, version)"
    " WHERE waiting.settled_at IS NULL AND waiting.reason = 'gap' AND waiting.topic = stream.topic"
    " AND waiting.key = stream.key AND waiting.version <= stream.version + 1"
)
_PARK = (  # the same record is parked once
    insert(parked_event)
    .values(retry_at=func.now() + bindparam("retry_after", type_=Interval()))
    .on_conflict_do_nothing()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """One letter that cannot be applied now: `gap`, `failed`, `unavailable` or `undecodable`, and why."""

    letter: Letter
    reason: str
    error: str
    retry_after: timedelta | None = None


@dataclass(slots=True)
class Intake:
    """The events not seen before and the positions of their streams."""

    fresh: set[UUID]
    positions: dict[Key, Position]
    advanced: set[Key] = field(default_factory=set)
    parked: list[Parked] = field(default_factory=list)
    failed: list[tuple[Letter, Exception]] = field(default_factory=list)

    def position(self, key: Key) -> Position:
        """The last position applied; START for a key never seen."""
        return self.positions.get(key, START)

    def advance(self, key: Key, to: Position) -> None:
        """Remembers that this position is applied."""
        self.positions[key] = to
        self.advanced.add(key)

    def park(self, letter: Letter, *, reason: str, error: str, retry_after: timedelta | None = None) -> None:
        """Remembers that this one cannot be applied now."""
        self.parked.append(Parked(letter=letter, reason=reason, error=error, retry_after=retry_after))


async def take_in(session: AsyncSession, letters: Sequence[Letter]) -> Intake:
    """Claims the ids in the inbox and locks the positions of the streams concerned.

    A stream never seen before is begun first, at START: without a row to lock, an event that parks behind a gap and
    the event that fills the gap could miss each other.
    """
    envelopes = [letter.envelope for letter in letters if letter.envelope]
    fresh = await session.scalars(_CLAIM, {"ids": sorted({envelope.id for envelope in envelopes})})
    keys = sorted({letter.key for letter in letters if letter.envelope})
    streams = {"topics": [topic for topic, _ in keys], "keys": [key for _, key in keys]}
    await session.execute(_BEGIN, streams)
    rows = await session.execute(_POSITIONS, streams)
    return Intake(set(fresh), {(row.topic, row.key): Position(row.epoch, row.version) for row in rows})


async def save(session: AsyncSession, intake: Intake) -> None:
    """Stores what is parked and how far each stream is, and has events that waited for exactly this tried at once."""
    if intake.parked:
        await session.execute(_PARK, [_parked_row(parked) for parked in intake.parked])
    if intake.advanced:
        streams = sorted(intake.advanced)
        positions = [intake.positions[key] for key in streams]
        moved = {
            "topics": [topic for topic, _ in streams],
            "keys": [key for _, key in streams],
            "epochs": [position.epoch for position in positions],
            "versions": [position.version for position in positions],
        }
        await session.execute(_ADVANCE, moved)
        await session.execute(_WAKE, {name: moved[name] for name in ("topics", "keys", "versions")})


def _parked_row(parked: Parked) -> dict[str, object]:
    letter, record = parked.letter, parked.letter.record
    envelope, position = letter.envelope, letter.position
    topic, key = letter.key
    return {
        "topic": topic,
        "key": key,
        "partition": record.partition,
        "record_offset": record.offset,
        "fingerprint": letter.fingerprint,
        "event_id": envelope and envelope.id,
        "type": envelope and envelope.type,
        "epoch": position and position.epoch,
        "version": position and position.version,
        "reason": parked.reason,
        "error": parked.error,
        "headers": json.dumps([[name, b64encode(value).decode()] for name, value in record.headers]),
        "value": record.value,
        "retry_after": parked.retry_after,
    }


def record_of(row: Row[Any]) -> Record:
    """The record that was parked in this row."""
    headers: Headers = tuple((name, b64decode(value)) for name, value in json.loads(row.headers))
    has_key = row.key != place_name(row.partition, row.record_offset)
    return Record(
        topic=row.topic,
        partition=row.partition,
        offset=row.record_offset,
        key=row.key.encode() if has_key else None,
        value=row.value,
        headers=headers,
    )
