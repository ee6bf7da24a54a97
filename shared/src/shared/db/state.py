"""What a service's mechanism remembers about itself: its epoch, how far its clock travelled, whether it answers."""

from datetime import timedelta

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.db.tables import mechanism_state

_CLOCK, _EPOCH = "clock_offset_seconds", "epoch"
_LOCK = text("SELECT pg_try_advisory_xact_lock(:family, :number)")


async def epoch_and_offset(engine: AsyncEngine) -> tuple[int, timedelta]:
    """The publisher's epoch (1, rising with each restored backup) and how far the business clock is ahead."""
    async with engine.connect() as connection:
        rows = (await connection.execute(select(mechanism_state))).all()
    state = {row.name: int(row.value) for row in rows}
    return state.get(_EPOCH, 1), timedelta(seconds=state.get(_CLOCK, 0))


async def remember_offset(session: AsyncSession, offset: timedelta) -> None:
    """Keeps how far the business clock is ahead, in whole seconds, over restarts."""
    statement = insert(mechanism_state).values(name=_CLOCK, value=str(offset // timedelta(seconds=1)))
    await session.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})
    )


async def answers(engine: AsyncEngine) -> bool:
    """Whether the database takes a statement now."""
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, TimeoutError):
        return False
    return True


async def locked_alone(session: AsyncSession, *, family: int, number: int) -> bool:
    """Takes an advisory lock until the transaction ends; False when another transaction has it."""
    return bool(await session.scalar(_LOCK, {"family": family, "number": number}))
