"""People who work here, as identity told them: whose work they may do, and in which zone they live."""

from portal.domain.holding import Worker
from shared.contracts.identity import PersonChanged
from shared.db.work import Work

DEFAULT_ZONE = "America/Chicago"
"""Where neither facility nor person says one: that of the agency's calendars until somebody changes them."""


async def find_worker(work: Work, person_id: str) -> Worker | None:
    """The person, if their account is open."""
    known = await work.known(PersonChanged, person_id) if person_id else None
    return worker_of(known) if known and known.is_active else None


def worker_of(known: PersonChanged) -> Worker:
    """The person, as somebody who may do work."""
    return Worker(person_id=known.person_id, roles=frozenset(known.roles))


async def zone_of(work: Work, person_id: str) -> str:
    """The IANA time zone that the person lives by."""
    known = await work.known(PersonChanged, person_id)
    return (known.time_zone if known else None) or DEFAULT_ZONE


async def team_of(work: Work, person_id: str) -> str | None:
    """The person's team, if they are of one."""
    known = await work.known(PersonChanged, person_id)
    return known.team if known else None
