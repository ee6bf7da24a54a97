"""Erasures that were asked for."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.erasure import Erasure
from identity.storage.tables.agency import erasure_request
from shared.db import locks
from shared.db.documents import Documents

LOCK_CLASS = 0xE5A5  # any number, the same in every process of identity


def _columns(value: Erasure) -> Mapping[str, object]:
    return {"erasure_id": value.erasure_id, "subject": value.subject, "is_confirmed": value.is_confirmed}


_erasures = Documents(erasure_request, Erasure, _columns, noun="erasure")
save, to_read, to_change = _erasures.save, _erasures.to_read, _erasures.to_change
BY_ID = (erasure_request.c.erasure_id,)


async def of_subject(session: AsyncSession, subject: str) -> Erasure | None:
    """What was asked about this subject; nobody else asks meanwhile."""
    await locks.hold(session, LOCK_CLASS, names=[subject])
    return await _erasures.one(session, erasure_request.c.subject, value=subject)


def listed(*, is_confirmed: bool | None) -> Select[Any]:
    """The erasures that fit, as rows of a list."""
    statement = select(erasure_request)
    return statement if is_confirmed is None else statement.where(erasure_request.c.is_confirmed == is_confirmed)


def value(version: int, body: str) -> Erasure:
    """The erasure of a row of a list."""
    return _erasures.value(version, body)
