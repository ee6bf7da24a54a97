"""Applies records to this service: once each, in order per key, many in one transaction.

A batch that fails is split around the record that failed, so that only that record's key is parked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from shared.contracts.catalogue import topic_named
from shared.db.outages import is_outage, is_outage_in_use
from shared.db.work import Work, Works
from shared.errors import Unavailable
from shared.messaging.broker import Record
from shared.messaging.handlers import Handlers
from shared.messaging.intake import Intake, park, save, take_in
from shared.messaging.letter import Letter, describe, open_letter
from shared.messaging.order import Verdict, judge
from shared.observe.metrics import EVENTS
from shared.observe.places import places
from shared.principal import system

log = structlog.get_logger()

FIRST_RETRY = timedelta(seconds=0.2)


@dataclass(slots=True)
class Progress:
    """Which record of a batch was being applied when it failed; None when none was (the commit failed)."""

    at: int | None = None


class Delivery:
    """The way of records into one service."""

    def __init__(self, works: Works, handlers: Handlers) -> None:
        self.works = works
        self.handlers = handlers

    async def deliver(self, records: Sequence[Record]) -> None:
        """Returns when each record is applied, known as a duplicate, or parked, and that is committed.

        Raises the database's error when it is away: nothing is lost, the same records are to be delivered again.
        """
        await self._deliver([letter for letter in map(open_letter, records) if self._is_for_us(letter)])

    async def _deliver(self, letters: Sequence[Letter]) -> None:
        if not letters:
            return
        progress = Progress()
        try:
            await self._together(letters, progress)
        except Exception as error:  # the consumer's loop: whatever a handler raises is parked, not lost
            if is_outage(error) if progress.at is None else is_outage_in_use(error):
                raise
            await self._apart(letters, progress.at, error)

    async def _apart(self, letters: Sequence[Letter], at: int | None, error: Exception) -> None:
        if len(letters) == 1:
            await self._park(letters[0], error)
        elif at is None:
            middle = len(letters) // 2
            await self._deliver(letters[:middle])
            await self._deliver(letters[middle:])
        else:
            await self._deliver(letters[:at])
            await self._deliver(letters[at : at + 1])
            await self._deliver(letters[at + 1 :])

    async def _together(self, letters: Sequence[Letter], progress: Progress) -> None:
        async with self.works.begin(system(self.works.service)) as work:
            intake = await take_in(work.session, letters)
            for progress.at, letter in enumerate(letters):
                await self._take(work, intake, letter)
            progress.at = None
            await work.session.flush()
            await save(work.session, intake)

    async def _take(self, work: Work, intake: Intake, letter: Letter) -> None:
        envelope, position = letter.envelope, letter.position
        if envelope is None or position is None:
            await park(work.session, letter, reason="undecodable", error=letter.fault)
            EVENTS.labels(outcome="undecodable").inc()
            return
        if envelope.id not in intake.fresh:
            EVENTS.labels(outcome="duplicate").inc()
            return
        intake.fresh.discard(envelope.id)
        last = intake.position(letter.key)
        verdict = judge(topic_named(envelope.topic).kind, last=last, arrived=position)
        if verdict is Verdict.APPLY:
            await self.handlers.handle(work, envelope)
            intake.advance(letter.key, position)
        elif verdict is Verdict.GAP:
            await park(work.session, letter, reason="gap", error=f"waits for version {last.version + 1}")
        EVENTS.labels(outcome=verdict.value).inc()

    async def _park(self, letter: Letter, error: Exception) -> None:
        is_passing = isinstance(error, Unavailable | OSError)
        async with self.works.begin(system(self.works.service)) as work:
            await take_in(work.session, [letter])
            await park(
                work.session,
                letter,
                reason="unavailable" if is_passing else "failed",
                error=describe(error),
                retry_after=FIRST_RETRY if is_passing else None,
            )
        EVENTS.labels(outcome="parked").inc()
        topic, key = letter.key
        log.warning(
            "event.parked",
            topic=topic,
            key=key,
            error=describe(error),
            where=places(error),
        )

    def _is_for_us(self, letter: Letter) -> bool:
        return letter.envelope is None or letter.envelope.replay in (None, "all", self.works.service)
