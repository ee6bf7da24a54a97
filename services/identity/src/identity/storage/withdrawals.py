"""How often, and when last, a subject's tokens were refused before their end."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from identity.storage.tables.accounts import withdrawal


async def note(session: AsyncSession, subject: str, *, withdrawn_at: datetime) -> int:
    """Notes one more; returns its number, which is the version of its event. The subject is locked by it."""
    first = insert(withdrawal).values(subject=subject, version=1, withdrawn_at=withdrawn_at)
    again = {"version": withdrawal.c.version + 1, "withdrawn_at": withdrawn_at}
    statement = first.on_conflict_do_update(index_elements=["subject"], set_=again).returning(withdrawal.c.version)
    version: int = (await session.execute(statement)).scalar_one()
    return version
