"""Moves a service's business clock forward, in test mode only."""

from datetime import datetime, timedelta
from typing import ClassVar

from shared.clock import Clock, TravelClock
from shared.db.state import remember_offset
from shared.db.work import Work
from shared.errors import Kind, Refused


class ClockNotMovable(Refused):
    """The clock can be moved in test mode only.

    Start the system with `firstshift up --test-mode`; real deployments have no such mode.
    """

    code: ClassVar[str] = "clock_not_movable"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def travel(work: Work, clock: Clock, *, to: datetime) -> datetime:
    """Remembers that the clock is ahead as far as this instant; one that passed changes nothing.

    Returns the time it is then. The clock itself follows when this is committed (`Process.recall`), so that a rehearsal
    moves nothing. Raises ClockNotMovable.
    """
    if not isinstance(clock, TravelClock):
        raise ClockNotMovable
    ahead = max(to - clock.now(), timedelta())
    offset = timedelta(seconds=round((clock.offset + ahead) / timedelta(seconds=1)))
    await remember_offset(work.session, offset)
    return clock.now() - clock.offset + offset
