"""One-time codes by which a person sets their password."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from identity.storage.tables.accounts import invitation


async def replace_invitation(session: AsyncSession, person_id: str, *, code_hash: str, expires_at: datetime) -> None:
    """Only the newest invitation of a person is valid."""
    await withdraw(session, person_id)
    await session.execute(insert(invitation).values(code_hash=code_hash, person_id=person_id, expires_at=expires_at))


async def withdraw(session: AsyncSession, person_id: str) -> None:
    """None of the person's invitations is valid any more."""
    await session.execute(delete(invitation).where(invitation.c.person_id == person_id))


async def person_invited(session: AsyncSession, code_hash: str, *, now: datetime) -> str | None:
    """The id of the person whom a valid invitation is for."""
    where = (invitation.c.code_hash == code_hash, invitation.c.used_at.is_(None), invitation.c.expires_at > now)
    found: str | None = await session.scalar(select(invitation.c.person_id).where(*where))
    return found


async def use(session: AsyncSession, code_hash: str, *, now: datetime) -> str | None:
    """Uses a valid invitation up: the id of the person. Of two at the same moment one gets None."""
    where = (invitation.c.code_hash == code_hash, invitation.c.used_at.is_(None), invitation.c.expires_at > now)
    statement = update(invitation).where(*where).values(used_at=now).returning(invitation.c.person_id)
    found: str | None = await session.scalar(statement)
    return found
