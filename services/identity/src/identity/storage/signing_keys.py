"""The keys that sign tokens."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.signing_key import Rotation, SigningKey, Standing
from identity.storage.tables.keys import signing_key
from shared.db.locks import hold

LOCK_CLASS = 0x51C4  # any number, the same in every replica


async def every(session: AsyncSession) -> Sequence[SigningKey]:
    """All keys that are published."""
    rows = await session.execute(select(signing_key).order_by(signing_key.c.made_at, signing_key.c.kid))
    return [
        SigningKey(
            **{name: row._mapping[name] for name in SigningKey.__slots__ if name != "standing"},
            standing=Standing(row.standing),
        )
        for row in rows.all()
    ]


async def to_change(session: AsyncSession) -> Sequence[SigningKey]:
    """The same, while nobody else rotates them."""
    await hold(session, LOCK_CLASS, names=["rotation"])
    return await every(session)


async def save(session: AsyncSession, rotation: Rotation) -> None:
    """Keeps each key's new standing, and removes those that nothing needs any more."""
    await session.execute(delete(signing_key).where(signing_key.c.kid.in_(rotation.removed)))
    for key in rotation.kept:
        row = {name: getattr(key, name) for name in SigningKey.__slots__}
        again = {name: row[name] for name in ("standing", "signs_since", "retired_at")}
        await session.execute(insert(signing_key).values(row).on_conflict_do_update(index_elements=["kid"], set_=again))
