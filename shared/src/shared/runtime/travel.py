"""Moves a service's business clock forward, in test mode only."""

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import text

from shared.clock import Clock, TravelClock
from shared.db.work import Work
from shared.errors import Kind, Refused

_SAVE = text(
    "INSERT INTO mechanism_state (name, value) VALUES ('clock_offset_seconds', :seconds)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


class ClockNotMovable(Refused):
    """The clock can be moved in test mode only.

    Start the system with `firstshift up --test-mode`; real deployments have no such mode.
    """

    code: ClassVar[str] = "clock_not_movable"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def travel(work: Work, clock: Clock, to: datetime) -> datetime:
    """Sets the clock forward to an instant and remembers it over restarts; an instant that passed changes nothing.

    Returns the time it is then. Raises ClockNotMovable.
    """
    if not isinstance(clock, TravelClock):
        raise ClockNotMovable
    ahead = max(to - clock.now(), timedelta())
    offset = timedelta(seconds=round((clock.offset + ahead) / timedelta(seconds=1)))
    await work.session.execute(_SAVE, {"seconds": str(offset // timedelta(seconds=1))})
    clock.offset = offset
    return clock.now()
