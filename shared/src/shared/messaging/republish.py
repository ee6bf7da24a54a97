"""Sends what was published before once more, from the outbox, which is the archive.

`since` refills a broker that was lost; `consumer` fills a new consumer from version 1. Repeated events carry
`ce_replay`; whoever had them drops them by their id, and nothing that leaves the house is sent again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db.tables import outbox
from shared.messaging.broker import Producer
from shared.messaging.envelope import to_record
from shared.messaging.relay import envelope_of

BATCH = 500


async def republish(
    service: str, engine: AsyncEngine, *, producer: Producer, since: datetime | None = None, consumer: str | None = None
) -> int:
    """Sends every published event since an instant (or all), in order; returns how many. Raises BrokerUnavailable."""
    sent, after = 0, 0
    while rows := await _next(engine, after, since):
        await producer.send([to_record(envelope_of(service, row, replay=consumer or "all")) for row in rows])
        sent, after = sent + len(rows), rows[-1].position
    return sent


async def _next(engine: AsyncEngine, after: int, since: datetime | None) -> Sequence[Row[Any]]:
    statement = (
        select(outbox)
        .where(outbox.c.position > after, outbox.c.published_at.is_not(None))
        .order_by(outbox.c.position)
        .limit(BATCH)
    )
    if since:
        statement = statement.where(outbox.c.recorded_at >= since)
    async with engine.connect() as connection:
        return (await connection.execute(statement)).all()
