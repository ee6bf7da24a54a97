"""Tries parked events again: when their predecessor or what they waited for arrived, or an operator sends them.

Each is applied in a transaction of its own, in order per key.
"""

import asyncio
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Row, func, select, text, update

from shared.contracts.catalogue import topic_named
from shared.db.outages import is_outage_in_use
from shared.db.tables import parked_event
from shared.db.work import Works
from shared.errors import Unavailable
from shared.messaging.handlers import Handlers
from shared.messaging.intake import record_of, save, take_in
from shared.messaging.letter import Letter, describe, open_letter
from shared.messaging.order import Verdict, judge
from shared.messaging.pause import pause
from shared.observe.metrics import EVENTS, OLD_GAPS
from shared.observe.places import places
from shared.principal import system

log = structlog.get_logger()

POLL_SECONDS = 2
COUNT_EVERY = 15
"""Turns between two counts of old gaps: a figure that need not be newer than the alarm it raises."""
GAP_ALARM = timedelta(seconds=60)
ATTEMPTS_LIMIT = 12
"""About ten minutes of waiting for something unavailable; then only an operator tries again."""


class Repairs:
    """The loop over parked events of one service."""

    def __init__(self, works: Works, handlers: Handlers) -> None:
        self.works = works
        self.handlers = handlers
        self._turns = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set; the database being away is waited out."""
        while not stop.is_set():
            try:
                while await self.run_once():
                    pass
            except Exception as error:  # this loop must outlive any one event; what is not an outage is a defect
                log.warning("repairs.interrupted", error=describe(error), where=places(error))
            await pause(stop, POLL_SECONDS)

    async def run_once(self) -> int:
        """Tries every event that is due once; returns how many left the parking place."""
        async with self.works.begin(system(self.works.service)) as work:
            rows = (await work.session.execute(_DUE)).all()
            self._turns += 1
            if self._turns % COUNT_EVERY == 1:
                OLD_GAPS.set(await work.session.scalar(_OLD_GAPS) or 0)
        return sum([await self._try(row) for row in rows])

    async def _try(self, row: Row[Any]) -> bool:
        letter = open_letter(record_of(row))
        try:
            return await self._apply(row, letter)
        except Exception as error:  # as in the consumer: what a handler raises is noted beside the event
            if is_outage_in_use(error):
                raise
            await self._note(row, error)
            return False

    async def _apply(self, row: Row[Any], letter: Letter) -> bool:
        async with self.works.begin(system(self.works.service)) as work:
            intake = await take_in(work.session, [letter])
            if not await work.session.scalar(_LOCK, {"id": row.id}):
                return False
            if letter.envelope is None or letter.position is None:
                await work.session.execute(_set(row, reason="undecodable", error=letter.fault, retry_at=None))
                return False
            verdict = judge(topic_named(row.topic).kind, last=intake.position(letter.key), arrived=letter.position)
            if verdict is Verdict.GAP:
                await work.session.execute(_set(row, reason="gap", retry_at=None))
                return False
            if verdict is Verdict.APPLY:
                await self.handlers.handle(work, letter.envelope, event=self.handlers.read(letter.envelope))
                intake.advance(letter.key, letter.position)
            settlement = "applied" if verdict is Verdict.APPLY else "duplicate"
            await work.session.execute(_set(row, settled_at=func.now(), settlement=settlement))
            await save(work.session, intake)
        EVENTS.labels(outcome="repaired").inc()
        return True

    async def _note(self, row: Row[Any], error: Exception) -> None:
        is_passing = isinstance(error, Unavailable | OSError) and row.attempts < ATTEMPTS_LIMIT
        wait = timedelta(seconds=min(0.2 * 2**row.attempts, 120))
        async with self.works.begin(system(self.works.service)) as work:
            await work.session.execute(
                _set(
                    row,
                    reason="unavailable" if is_passing else "failed",
                    error=describe(error),
                    attempts=row.attempts + 1,
                    retry_at=func.now() + wait if is_passing else None,
                )
            )


_DUE = (
    select(parked_event)
    .where(parked_event.c.settled_at.is_(None), parked_event.c.retry_at <= func.now())
    .order_by(parked_event.c.topic, parked_event.c.key, parked_event.c.epoch, parked_event.c.version)
    .limit(200)
)
_LOCK = text("SELECT id FROM parked_event WHERE id = :id AND settled_at IS NULL FOR UPDATE")
_OLD_GAPS = (
    select(func.count())
    .select_from(parked_event)
    .where(
        parked_event.c.settled_at.is_(None),
        parked_event.c.reason == "gap",
        parked_event.c.parked_at < func.now() - GAP_ALARM,
    )
)


def _set(row: Row[Any], **values: object) -> Any:
    unsettled = (parked_event.c.id == row.id, parked_event.c.settled_at.is_(None))
    return update(parked_event).where(*unsettled).values(**values)
