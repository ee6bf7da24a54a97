"""Who is on which page, by real time: rows that are renewed while somebody looks, and forgotten soon after."""

from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.presence import FORGOTTEN_AFTER, Presence
from shared.db.driver import Statement
from shared.db.session import run

_GIVEN = "unnest(CAST(:places AS text[]), CAST(:people AS text[])) AS given (place, person_id)"
_RENEW = Statement(
    f"INSERT INTO presence (place, person_id, seen_at) SELECT *, now() FROM {_GIVEN}"  # noqa: S608  # constants
    " ON CONFLICT (place, person_id) DO UPDATE SET seen_at = excluded.seen_at RETURNING place"
)
_LEAVE = Statement(
    f"DELETE FROM presence USING {_GIVEN}"  # noqa: S608  # constants
    " WHERE presence.place = given.place AND presence.person_id = given.person_id RETURNING presence.place"
)
_FORGET = Statement("DELETE FROM presence WHERE seen_at < now() - CAST(:age AS interval) RETURNING place")
_AT = Statement(
    "SELECT person_id FROM presence WHERE place = :place AND seen_at >= now() - CAST(:age AS interval)"
    " ORDER BY person_id LIMIT :most"
)


async def renew(session: AsyncSession, here: Collection[Presence]) -> None:
    """They are there at this moment. In one order, so that two processes never wait for each other in a circle."""
    ordered = sorted(here)
    await run(session, _RENEW, places=[one.place for one in ordered], people=[one.person_id for one in ordered])


async def leave(session: AsyncSession, gone: Collection[Presence]) -> None:
    """They are there no more."""
    ordered = sorted(gone)
    await run(session, _LEAVE, places=[one.place for one in ordered], people=[one.person_id for one in ordered])


async def forget(session: AsyncSession) -> int:
    """Deletes what was not renewed in time; how many rows."""
    return len(await run(session, _FORGET, age=FORGOTTEN_AFTER))


async def at(session: AsyncSession, place: str, *, most: int) -> Sequence[str]:
    """The ids of those who are there, in the order of their ids, at most so many."""
    return [row["person_id"] for row in await run(session, _AT, place=place, age=FORGOTTEN_AFTER, most=most)]
