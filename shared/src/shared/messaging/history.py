"""What this service published, read from its outbox: its part of a timeline, and how much is still on its way."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from shared.db.tables import outbox, parked_event
from shared.db.within import covers
from shared.db.work import Work

LIMIT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as it was published."""

    id: str
    time: datetime
    type: str
    topic: str
    key: str
    version: int
    actor: str
    correlation_id: str
    causation_id: str | None
    traceparent: str | None
    is_published: bool
    data: dict[str, Any] | None


async def timeline(work: Work, assignment_id: str) -> Sequence[Entry]:
    """The newest 500 events about an assignment, oldest first; none of one that the principal is not known to reach.

    The outbox says whose an event is by its assignment alone: somebody bounded in another way is shown nothing.
    """
    if not covers(work.session, {"assignment_id": assignment_id}):
        return ()
    newest = select(outbox).where(outbox.c.assignmentid == assignment_id).order_by(outbox.c.position.desc())
    rows = (await work.session.execute(newest.limit(LIMIT))).all()
    return [
        Entry(
            id=str(row.id),
            time=row.time,
            type=row.type,
            topic=row.aggregatetype,
            key=row.aggregateid,
            version=row.aggregateversion,
            actor=row.actor,
            correlation_id=row.correlationid,
            causation_id=row.causationid,
            traceparent=row.traceparent,
            is_published=row.published_at is not None,
            data=None if row.payload is None else json.loads(row.payload),
        )
        for row in reversed(rows)
    ]


async def unpublished(work: Work) -> int:
    """How many events the broker has not acknowledged."""
    return await work.session.scalar(select(func.count()).where(outbox.c.published_at.is_(None))) or 0


async def due_again(work: Work) -> int:
    """How many parked events will be tried again by themselves."""
    statement = select(func.count()).where(parked_event.c.settled_at.is_(None), parked_event.c.retry_at.is_not(None))
    return await work.session.scalar(statement) or 0
