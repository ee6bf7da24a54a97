"""Names that one transaction at a time may hold: for what has no row yet that could be locked."""

from collections.abc import Collection
from zlib import crc32

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.driver import Statement
from shared.db.session import memory_of, run

_HOLD = Statement(
    "SELECT pg_advisory_xact_lock(CAST(:lock_class AS int), number) FROM unnest(CAST(:numbers AS int[])) AS number"
)


async def hold(session: AsyncSession, lock_class: int, *, names: Collection[str]) -> None:
    """Waits until no other transaction holds any of these names, and holds them to the end of this one.

    Whoever looks afterwards sees what the other one wrote. `lock_class` is any number, the same wherever the same kind
    of name is held. Two names may stand for one lock, which only makes them wait for each other.
    """
    held: set[tuple[int, int]] = memory_of(session).locks
    numbers = sorted({crc32(name.encode()) - 2**31 for name in names})
    missing = [number for number in numbers if (lock_class, number) not in held]
    if missing:
        await run(session, _HOLD, lock_class=lock_class, numbers=missing)
        held.update((lock_class, number) for number in missing)
