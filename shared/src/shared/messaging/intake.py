"""What a service remembers of its streams, loaded and saved for a whole batch with a few statements."""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Interval, Row, bindparam, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.driver import Statement
from shared.db.session import run
from shared.db.tables import parked_event
from shared.messaging.broker import Headers, Record
from shared.messaging.letter import Key, Letter, place_name
from shared.messaging.order import START, Position

# A stream never seen before begins at START: without a row to lock, an event that parks behind a gap and the event that
# fills the gap could miss each other. An update that changes nothing locks a row and returns it as it is by now.
_TAKE_IN = Statement("""
    WITH claimed AS (
        INSERT INTO inbox (event_id) SELECT unnest(CAST(:ids AS uuid[])) ON CONFLICT DO NOTHING RETURNING event_id
    ),
    streams AS (
        INSERT INTO stream_position AS known (topic, key, epoch, version)
        SELECT topic, key, 0, 0 FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[])) AS stream (topic, key)
        ORDER BY topic, key ON CONFLICT (topic, key) DO UPDATE SET version = known.version
        RETURNING topic, key, epoch, version
    )
    SELECT event_id, NULL AS topic, NULL AS key, NULL AS epoch, NULL AS version FROM claimed
    UNION ALL SELECT NULL, topic, key, epoch, version FROM streams
""")
_ADVANCE = Statement("""
    WITH moved AS (
        SELECT * FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[]), CAST(:epochs AS int[]),
            CAST(:versions AS int[])) AS stream (topic, key, epoch, version)
    ),
    advanced AS (
        UPDATE stream_position AS stream SET epoch = moved.epoch, version = moved.version FROM moved
        WHERE stream.topic = moved.topic AND stream.key = moved.key
    )
    UPDATE parked_event AS waiting SET retry_at = now() FROM moved
    WHERE waiting.settled_at IS NULL AND waiting.reason = 'gap' AND waiting.topic = moved.topic
        AND waiting.key = moved.key AND waiting.version <= moved.version + 1
""")
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
    outcomes: Counter[str] = field(default_factory=Counter)
    """What became of how many events, to be counted in public once it is committed."""
    failures: list[dict[str, Any]] = field(default_factory=list)
    """What the log says of handlers that failed. Not the errors: their traces would keep the whole batch in memory."""

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
    """Claims the ids in the inbox and locks the positions of the streams concerned."""
    envelopes = [letter.envelope for letter in letters if letter.envelope]
    streams = sorted({letter.key for letter in letters if letter.envelope})
    rows = await run(
        session,
        _TAKE_IN,
        ids=sorted({envelope.id for envelope in envelopes}),
        topics=[topic for topic, _ in streams],
        keys=[key for _, key in streams],
    )
    return Intake(
        fresh={row["event_id"] for row in rows if row["event_id"]},
        positions={
            (row["topic"], row["key"]): Position(row["epoch"], row["version"])
            for row in rows
            if row["event_id"] is None
        },
    )


async def save(session: AsyncSession, intake: Intake) -> None:
    """Stores what is parked and how far each stream is, and has events that waited for exactly this tried at once."""
    if intake.parked:
        connection = await session.connection()
        await connection.execute(_PARK, [_parked_row(parked) for parked in intake.parked])
    if intake.advanced:
        streams = sorted(intake.advanced)
        positions = [intake.positions[key] for key in streams]
        await run(
            session,
            _ADVANCE,
            topics=[topic for topic, _ in streams],
            keys=[key for _, key in streams],
            epochs=[position.epoch for position in positions],
            versions=[position.version for position in positions],
        )


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
