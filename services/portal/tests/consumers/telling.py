"""Tells the portal what several services said, and reads its rows back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select

from shared.contracts.event import Event
from shared.messaging.delivery import Delivery
from shared.testing.house import House

Said = tuple[Event, str]
"""An event, and the service that says it."""


async def tell(house: House, said: Iterable[Said]) -> None:
    """The events arrive as one batch, in this order. Fails when one is parked."""
    records = [house._record(event, publisher) for event, publisher in said]
    await Delivery(house.works, house.handlers).deliver(records)
    assert await house.parked() == []


async def rows(house: House, table: Table, **equal: object) -> Sequence[Mapping[str, Any]]:
    """The rows with these values, in key order."""
    statement = select(table).filter_by(**equal).order_by(*table.primary_key.columns)
    async with house.works.engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(statement)).mappings()]


async def row(house: House, table: Table, **equal: object) -> Mapping[str, Any]:
    """The one row with these values."""
    (found,) = await rows(house, table, **equal)
    return found
