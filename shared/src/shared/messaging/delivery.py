"""Applies records to this service: once each, in order per key, many in one transaction.

What handlers change waits in memory until the end of the batch: what one that fails has changed is taken back, it is
parked, and the others go on. Where that is not enough (the database itself refused, or the handler wrote directly), the
batch is split around the record that failed.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from shared.contracts.catalogue import topic_named
from shared.contracts.event import Event
from shared.db.outages import is_outage, is_outage_in_use
from shared.db.work import Work, Works
from shared.errors import Unavailable
from shared.messaging.broker import Record
from shared.messaging.handlers import Handlers
from shared.messaging.intake import Intake, save, take_in
from shared.messaging.letter import Letter, describe, open_letter
from shared.messaging.order import Verdict, judge
from shared.observe.metrics import EVENTS
from shared.observe.places import places
from shared.principal import system

log = structlog.get_logger()

FIRST_RETRY = timedelta(seconds=0.2)
TURN = 4
"""After so many events, a few milliseconds of work, whoever else waits in this process has its turn."""

Read = Event | Exception | None
"""The event of a letter, or why it cannot be read, or None where there is nothing to do."""


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
            read = [self._read(letter, intake) for letter in letters]
            await self.handlers.load(work, [event for event in read if isinstance(event, Event)])
            for progress.at, (letter, event) in enumerate(zip(letters, read, strict=True)):
                await self._take(work, intake, letter, event)
                if progress.at % TURN == 0:
                    await asyncio.sleep(0)  # others in this process, above all its API, have their turn
            progress.at = None
            await save(work.session, intake)
        _tell(intake)

    def _read(self, letter: Letter, intake: Intake) -> Read:
        if letter.envelope is None or letter.envelope.id not in intake.fresh:
            return None
        try:
            return self.handlers.read(letter.envelope)
        except ValueError as error:  # told where its turn comes: it may be passed over by then
            return error

    async def _take(self, work: Work, intake: Intake, letter: Letter, event: Read) -> None:
        envelope, position = letter.envelope, letter.position
        if envelope is None or position is None:
            intake.park(letter, reason="undecodable", error=letter.fault)
            intake.outcomes["undecodable"] += 1
            return
        if envelope.id not in intake.fresh:
            intake.outcomes["duplicate"] += 1
            return
        intake.fresh.discard(envelope.id)
        last = intake.position(letter.key)
        verdict = judge(topic_named(envelope.topic).kind, last=last, arrived=position)
        if verdict is Verdict.APPLY and not await self._is_applied(work, intake, letter, event):
            return
        if verdict is Verdict.APPLY:
            intake.advance(letter.key, position)
        elif verdict is Verdict.GAP:
            intake.park(letter, reason="gap", error=f"waits for version {last.version + 1}")
        intake.outcomes[verdict] += 1

    async def _is_applied(self, work: Work, intake: Intake, letter: Letter, event: Read) -> bool:
        """Whether its handler did its work; one that failed leaves nothing, and its letter is parked."""
        assert letter.envelope
        if isinstance(event, Exception):
            _fail(intake, letter, event)
            return False
        mark = work.transaction.mark()
        try:
            await self.handlers.handle(work, letter.envelope, event=event)
        except Exception as error:
            if isinstance(error, DBAPIError) or not work.transaction.take_back(mark):
                raise
            _fail(intake, letter, error)
            return False
        return True

    async def _park(self, letter: Letter, error: Exception) -> None:
        async with self.works.begin(system(self.works.service)) as work:
            intake = await take_in(work.session, [letter])
            _fail(intake, letter, error)
            await save(work.session, intake)
        _tell(intake)

    def _is_for_us(self, letter: Letter) -> bool:
        return letter.envelope is None or letter.envelope.replay in (None, "all", self.works.service)


def _fail(intake: Intake, letter: Letter, error: Exception) -> None:
    """Parks a letter whose handler failed; what may pass is tried again soon."""
    is_passing = isinstance(error, Unavailable | OSError)
    intake.park(
        letter,
        reason="unavailable" if is_passing else "failed",
        error=describe(error),
        retry_after=FIRST_RETRY if is_passing else None,
    )
    topic, key = letter.key
    intake.failures.append({"topic": topic, "key": key, "error": describe(error), "where": places(error)})


def _tell(intake: Intake) -> None:
    for failure in intake.failures:
        log.warning("event.parked", **failure)
        EVENTS.labels(outcome="parked").inc()
    for outcome, count in intake.outcomes.items():
        EVENTS.labels(outcome=outcome).inc(count)
