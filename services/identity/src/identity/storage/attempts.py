"""Failures counted so far, and the devices that a person signed in from."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.throttle import Failures
from identity.storage.tables.sessions import device, failure


async def failures(session: AsyncSession, counters: Sequence[str]) -> Mapping[str, Failures]:
    """What was counted for each of these so far, locked, in the order of their names: attempts take turns."""
    fresh = [
        {"counter": one, "count": 0, "blocked_until": func.now(), "failed_at": func.now()} for one in sorted(counters)
    ]
    for row in fresh:
        await session.execute(insert(failure).values(row).on_conflict_do_nothing())
    where = failure.c.counter.in_(counters)
    rows = await session.execute(select(failure).where(where).order_by(failure.c.counter).with_for_update())
    return {
        row["counter"]: Failures(count=row["count"], failed_at=row["failed_at"], blocked_until=row["blocked_until"])
        for row in rows.mappings()
    }


async def count(session: AsyncSession, counter: str, *, failures: Failures) -> None:
    """Keeps what is counted now."""
    values = {name: getattr(failures, name) for name in Failures.__slots__}
    await session.execute(update(failure).where(failure.c.counter == counter).values(**values))


async def forgive(session: AsyncSession, counters: Sequence[str]) -> None:
    """Nothing is counted for these any more."""
    await session.execute(delete(failure).where(failure.c.counter.in_(counters)))


async def take_back(session: AsyncSession, counter: str) -> None:
    """One failure less: the attempt that was counted before its outcome was known was right."""
    statement = update(failure).where(failure.c.counter == counter, failure.c.count > 0)
    await session.execute(statement.values(count=failure.c.count - 1))


async def is_known_device(session: AsyncSession, token_hash: str, *, person_id: str) -> bool:
    """Whether the person signed in from this device before."""
    where = (device.c.token_hash == token_hash, device.c.person_id == person_id)
    return await session.scalar(select(device.c.person_id).where(*where)) is not None


async def remember_device(session: AsyncSession, token_hash: str, *, person_id: str, now: datetime) -> None:
    """The person signed in from this device."""
    statement = insert(device).values(token_hash=token_hash, person_id=person_id, seen_at=now)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["token_hash", "person_id"], set_={"seen_at": now})
    )
