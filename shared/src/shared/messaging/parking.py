"""What operators do with parked events: look, send again, or skip with a reason. Settled ones stay as a record."""

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Row, Select, func, select, update

from shared.contracts.catalogue import StreamKind, topic_named
from shared.db.tables import parked_event
from shared.db.work import Work
from shared.errors import Kind, NotFound, Refused
from shared.messaging.intake import Intake, record_of, save, take_in
from shared.messaging.letter import open_letter
from shared.messaging.order import Position, Verdict, judge


class AlreadySettled(Refused):
    """Parked event {id} is settled: {settlement}."""

    code: ClassVar[str] = "parked_event_settled"
    kind: ClassVar[Kind] = Kind.CONFLICT


class NotNext(Refused):
    """Parked event {id} waits for version {expected} of its stream.

    Skipping it would give up the versions before it as well. Settle those first; if they will never arrive, replay it
    with `accept_gap`.
    """

    code: ClassVar[str] = "parked_event_not_next"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedEvent:
    """An event that waits, and why; `value` is its text, shown to operators one at a time."""

    id: int
    topic: str
    key: str
    type: str | None
    version: int | None
    reason: str
    error: str
    attempts: int
    parked_at: datetime
    retry_at: datetime | None
    headers: dict[str, str]
    value: str | None = None


async def waiting(work: Work, *, limit: int = 200) -> Sequence[ParkedEvent]:
    """The unsettled ones, oldest first, without their values."""
    statement = select(parked_event).where(parked_event.c.settled_at.is_(None)).order_by(parked_event.c.id)
    return [_shown(row) for row in (await work.session.execute(statement.limit(limit))).all()]


async def parked(work: Work, number: int) -> ParkedEvent:
    """One, with its value. Raises NotFound."""
    row = await _row(work, select(parked_event).where(parked_event.c.id == number), number)
    return _shown(row, with_value=True)


async def replay(work: Work, number: int, *, accept_gap: bool) -> None:
    """Has it tried again at once. Raises NotFound, AlreadySettled.

    `accept_gap`: the versions missing before it are given up; it is applied as the next one.
    """
    row, intake = await _unsettled(work, number)
    if accept_gap and row.version is not None:
        await _pass_over(work, row, intake, Position(row.epoch, row.version - 1))
    await work.session.execute(
        update(parked_event).where(parked_event.c.id == number).values(retry_at=func.now(), attempts=0)
    )


async def skip(work: Work, number: int, *, reason: str) -> None:
    """Gives it up for good: its stream goes on behind it. Raises NotFound, AlreadySettled, NotNext."""
    row, intake = await _unsettled(work, number)
    last = intake.position((row.topic, row.key))
    if row.version is not None and _verdict(row, last) is Verdict.GAP:
        raise NotNext(id=number, expected=last.version + 1)
    await work.session.execute(
        update(parked_event)
        .where(parked_event.c.id == number)
        .values(
            settled_at=func.now(), settled_by=work.principal.subject, settlement=f"skipped: {reason}", retry_at=None
        )
    )
    if row.version is not None:
        await _pass_over(work, row, intake, Position(row.epoch, row.version))


def _verdict(row: Row[Any], last: Position) -> Verdict:
    return judge(topic_named(row.topic).kind, last=last, arrived=Position(row.epoch, row.version))


async def _pass_over(work: Work, row: Row[Any], intake: Intake, position: Position) -> None:
    """Moves a log's position forward to here; a state stream needs no such help."""
    key = row.topic, row.key
    if topic_named(row.topic).kind is StreamKind.LOG and intake.position(key) < position:
        intake.advance(key, position)
        await save(work.session, intake)


async def _unsettled(work: Work, number: int) -> tuple[Row[Any], Intake]:
    """The row and the position of its stream, both locked, in the order in which the repairs lock them."""
    statement = select(parked_event).where(parked_event.c.id == number)
    intake = await take_in(work.session, [open_letter(record_of(await _row(work, statement, number)))])
    row = await _row(work, statement.with_for_update(), number)
    if row.settled_at is not None:
        raise AlreadySettled(id=number, settlement=row.settlement)
    return row, intake


async def _row(work: Work, statement: Select[*tuple[Any, ...]], number: int) -> Row[Any]:
    row = (await work.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound(what="parked event", id=number)
    return row


def _shown(row: Row[Any], *, with_value: bool = False) -> ParkedEvent:
    return ParkedEvent(
        id=row.id,
        topic=row.topic,
        key=row.key,
        type=row.type,
        version=row.version,
        reason=row.reason,
        error=row.error,
        attempts=row.attempts,
        parked_at=row.parked_at,
        retry_at=row.retry_at,
        headers={name: b64decode(value).decode(errors="replace") for name, value in json.loads(row.headers)},
        value=row.value.decode(errors="replace") if with_value and row.value is not None else None,
    )
