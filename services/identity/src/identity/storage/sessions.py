"""Sign-ins, and the codes and tokens that were handed out for them; every secret as its SHA-256."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.session import CODE_LIVES, IDLE, LONGEST, Session
from identity.storage.tables.sessions import authorization_code, device, failure, refresh_token
from identity.storage.tables.sessions import session as sign_in_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What an authorization code was given for."""

    session_id: str
    client_id: str
    redirect_uri: str
    code_challenge: str
    nonce: str | None
    scope: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """What a refresh token stands for, and whether it was used."""

    session_id: str
    client_id: str
    scope: str
    expires_at: datetime
    used_at: datetime | None


async def start(session: AsyncSession, started: Session, *, token_hash: str) -> None:
    """Keeps a new sign-in, found again by its cookie."""
    row = {**_row(started), "token_hash": token_hash}
    await session.execute(insert(sign_in_session).values(row))


async def by_token(session: AsyncSession, token_hash: str) -> Session | None:
    """The sign-in of this cookie, locked."""
    where = sign_in_session.c.token_hash == token_hash
    row = (await session.execute(select(sign_in_session).where(where).with_for_update())).first()
    return _session(row) if row else None


async def by_id(session: AsyncSession, session_id: str) -> Session | None:
    """The sign-in of this id, locked."""
    where = sign_in_session.c.session_id == session_id
    row = (await session.execute(select(sign_in_session).where(where).with_for_update())).first()
    return _session(row) if row else None


async def touch(session: AsyncSession, session_id: str, *, now: datetime) -> None:
    """It was used."""
    where = sign_in_session.c.session_id == session_id
    await session.execute(update(sign_in_session).where(where).values(used_at=now))


async def end(session: AsyncSession, session_id: str, *, now: datetime) -> None:
    """It ends, and with it its codes and refresh tokens, which ask for it."""
    where = (sign_in_session.c.session_id == session_id, sign_in_session.c.ended_at.is_(None))
    await session.execute(update(sign_in_session).where(*where).values(ended_at=now))


async def end_all_of(session: AsyncSession, person_id: str, *, now: datetime) -> None:
    """Every sign-in of the person ends. Call it before their factors are locked: a sign-in under way locks them so."""
    where = (sign_in_session.c.person_id == person_id, sign_in_session.c.ended_at.is_(None))
    await session.execute(update(sign_in_session).where(*where).values(ended_at=now))


async def give_code(session: AsyncSession, code: Code, *, code_hash: str) -> None:
    """Keeps an authorization code."""
    values = {name: getattr(code, name) for name in Code.__slots__}
    await session.execute(insert(authorization_code).values(code_hash=code_hash, **values))


async def redeem(session: AsyncSession, code_hash: str, *, now: datetime) -> tuple[Code, bool] | None:
    """The code, and whether this is its first use; None when there never was such a code."""
    where = authorization_code.c.code_hash == code_hash
    row = (await session.execute(select(authorization_code).where(where).with_for_update())).first()
    if row is None:
        return None
    is_first = row.redeemed_at is None
    if is_first:
        await session.execute(update(authorization_code).where(where).values(redeemed_at=now))
    return Code(**{name: row._mapping[name] for name in Code.__slots__}), is_first


async def give_refresh(session: AsyncSession, refresh: Refresh, *, token_hash: str) -> None:
    """Keeps a refresh token."""
    values = {name: getattr(refresh, name) for name in Refresh.__slots__}
    await session.execute(insert(refresh_token).values(token_hash=token_hash, **values))


async def use_refresh(session: AsyncSession, token_hash: str, *, now: datetime) -> Refresh | None:
    """The refresh token as it was before this use, locked; None when there never was one."""
    where = refresh_token.c.token_hash == token_hash
    row = (await session.execute(select(refresh_token).where(where).with_for_update())).first()
    if row is None:
        return None
    if row.used_at is None:
        await session.execute(update(refresh_token).where(where).values(used_at=now))
    return Refresh(**{name: row._mapping[name] for name in Refresh.__slots__})


async def forget_over(session: AsyncSession, *, now: datetime, most: int) -> int:
    """Deletes what has long ended, at most so many of each; how many."""
    over = or_(
        sign_in_session.c.ended_at < now - LONGEST,
        sign_in_session.c.used_at < now - LONGEST - IDLE,
    )
    old = (
        (sign_in_session.c.session_id, over),
        (authorization_code.c.code_hash, authorization_code.c.expires_at < now - LONGEST - CODE_LIVES),
        (refresh_token.c.token_hash, refresh_token.c.expires_at < now - LONGEST),
        (failure.c.counter, failure.c.failed_at < now - LONGEST * 4),
        (device.c.token_hash, device.c.seen_at < now - LONGEST * 360),
    )
    count = 0
    for key, where in old:
        some = select(key).where(where).order_by(key).limit(most)
        count += len((await session.scalars(delete(key.table).where(key.in_(some)).returning(key))).all())
    return count


def _row(value: Session) -> dict[str, Any]:
    row = {name: getattr(value, name) for name in Session.__slots__}
    return {**row, "methods": " ".join(value.methods)}


def _session(row: Row[Any]) -> Session:
    values = {name: row._mapping[name] for name in Session.__slots__}
    return Session(**{**values, "methods": tuple(values["methods"].split())})
