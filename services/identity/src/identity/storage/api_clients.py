"""API clients, and the day each signed in last."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.api_client import ApiClient, ClientKind
from identity.storage.tables.access import api_client, api_client_use
from shared.db import locks
from shared.db.documents import Documents

LOCK_CLASS = 0xA9C  # any number, the same in every process of identity


def _columns(client: ApiClient) -> Mapping[str, object]:
    return {
        "client_id": client.client_id,
        "name": client.name,
        "kind": client.kind.value,
        "is_active": client.is_active,
    }


_clients = Documents(api_client, ApiClient, _columns, noun="API client")
save, to_read, to_change = _clients.save, _clients.to_read, _clients.to_change
BY_NAME = (api_client.c.name, api_client.c.client_id)


async def find(session: AsyncSession, client_id: str) -> ApiClient | None:
    """The client of this id as it is."""
    return await _clients.one(session, api_client.c.client_id, value=client_id)


async def hold_machine_operator(session: AsyncSession) -> None:
    """Waits until nobody else renews the machine's own client, and keeps it so to the end of the transaction."""
    await locks.hold(session, LOCK_CLASS, names=["machine"])


async def active_named(session: AsyncSession, name: str, *, kind: ClientKind) -> ApiClient | None:
    """The first client of this kind and name that is not disabled, by id."""
    columns = api_client.c
    wanted = select(columns.client_id).where(columns.name == name, columns.kind == kind.value, columns.is_active)
    found: str | None = await session.scalar(wanted.order_by(columns.client_id).limit(1))
    return None if found is None else await find(session, found)


async def note_use(session: AsyncSession, client_id: str, *, on: date) -> None:
    """Notes the day of a sign-in; a second one of the same day writes nothing."""
    fresh = insert(api_client_use).values(client_id=client_id, last_used_on=on)
    await session.execute(
        fresh.on_conflict_do_update(
            index_elements=["client_id"],
            set_={"last_used_on": fresh.excluded.last_used_on},
            where=api_client_use.c.last_used_on < fresh.excluded.last_used_on,
        )
    )


async def last_used_on(session: AsyncSession, client_id: str) -> date | None:
    """The day of the client's last sign-in, in UTC; None before the first."""
    found: date | None = await session.scalar(
        select(api_client_use.c.last_used_on).where(api_client_use.c.client_id == client_id)
    )
    return found


def listed(*, is_active: bool | None) -> Select[Any]:
    """The clients that fit, as lines of a list."""
    columns = api_client.c
    statement = select(columns.client_id, columns.name, columns.kind, columns.is_active, api_client_use.c.last_used_on)
    statement = statement.outerjoin(api_client_use, api_client_use.c.client_id == columns.client_id)
    return statement if is_active is None else statement.where(columns.is_active == is_active)
