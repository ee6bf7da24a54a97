"""What is lent to virtual specialists."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.grant import Grant
from identity.domain.roles import Role
from identity.storage import people
from identity.storage.real_time import real_now
from identity.storage.tables.access import access_grant
from shared import principal
from shared.db.documents import Documents
from shared.db.work import Work


def _columns(grant: Grant) -> Mapping[str, object]:
    return {
        "grant_id": grant.grant_id,
        "person_id": grant.person_id,
        "until": grant.until,
        "is_revoked": grant.revoked_at is not None,
    }


_grants = Documents(access_grant, Grant, _columns, noun="grant")
save, to_read, to_change = _grants.save, _grants.to_read, _grants.to_change
BY_END = (access_grant.c.until, access_grant.c.grant_id)


async def grants_for(work: Work, person_id: str) -> tuple[principal.Grant, ...]:
    """The person's grants that hold now, as their tokens carry them; none for who is no virtual specialist any more."""
    if Role.VIRTUAL_SPECIALIST not in (await people.to_read(work.session, person_id)).roles:
        return ()
    return tuple(_carried(grant) for grant in await live_of(work.session, person_id, now=await real_now(work.session)))


async def live_of(session: AsyncSession, person_id: str, *, now: datetime) -> Sequence[Grant]:
    """The person's grants that hold now, in the order they were given."""
    return await _grants.find(session, access_grant.c.person_id == person_id, _is_live(now))


def listed(*, person_id: str | None, is_live: bool | None, now: datetime) -> Select[Any]:
    """The grants that fit, as rows of a list."""
    statement = select(access_grant)
    if person_id is not None:
        statement = statement.where(access_grant.c.person_id == person_id)
    if is_live is None:
        return statement
    return statement.where(_is_live(now) if is_live else not_(_is_live(now)))


def value(version: int, body: str) -> Grant:
    """The grant of a row of a list."""
    return _grants.value(version, body)


def _carried(grant: Grant) -> principal.Grant:
    return principal.Grant(
        id=grant.grant_id,
        role=grant.role,
        until=grant.until,
        assignments=frozenset(grant.assignments),
        fields=frozenset(grant.fields),
    )


def _is_live(now: datetime) -> ColumnElement[bool]:
    return and_(not_(access_grant.c.is_revoked), access_grant.c.until > now)
