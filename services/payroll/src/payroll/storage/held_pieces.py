"""The pieces that clinicians gave: that each came and when, never what it says."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from payroll.domain.onboarding import Receipt
from payroll.storage.tables import held_piece

LOCK_CLASS = 0x9A11  # any number, the same in every process of payroll
_LOCK = text("SELECT pg_advisory_xact_lock(:class, hashtext(:clinician_id))")


async def lock(session: AsyncSession, clinician_id: str) -> None:
    """Lets one transaction at a time open a profile of this clinician or add a piece.

    Without it a profile opened just now could miss a piece that comes just now. Take it before any profile's lock.
    """
    await session.execute(_LOCK, {"class": LOCK_CLASS, "clinician_id": clinician_id})


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Receipt]:
    """Every piece the clinician gave, by key."""
    columns = held_piece.c
    statement = select(columns.key, columns.received_on).where(columns.clinician_id == clinician_id)
    rows = await session.execute(statement.order_by(columns.key))
    return [Receipt(key=row.key, received_on=row.received_on) for row in rows.all()]


async def keep(session: AsyncSession, clinician_id: str, *, receipts: Iterable[Receipt]) -> None:
    """Adds those that are not there yet; one that is there stays as it came."""
    rows = [
        {"clinician_id": clinician_id, "key": receipt.key, "received_on": receipt.received_on} for receipt in receipts
    ]
    if rows:
        await session.execute(insert(held_piece).values(rows).on_conflict_do_nothing())
