"""The pieces that clinicians gave: that each came and when, never what it says."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from payroll.domain.onboarding import Receipt
from payroll.storage.tables import held_piece
from shared.db.locks import hold
from shared.db.rows import Rows

LOCK_CLASS = 0x9A11  # any number, the same in every process of payroll
_pieces = Rows(held_piece)


async def lock(session: AsyncSession, clinician_id: str) -> None:
    """Lets one transaction at a time open a profile of this clinician or add a piece.

    Without it a profile opened just now could miss a piece that comes just now. Take it before any profile's lock.
    """
    await hold(session, LOCK_CLASS, names=[clinician_id])


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Receipt]:
    """Every piece the clinician gave, by key."""
    rows = await _pieces.where(session, held_piece.c.clinician_id, value=clinician_id)
    return [Receipt(key=kept.row["key"], received_on=kept.row["received_on"]) for kept in rows]


async def load_of_clinicians(session: AsyncSession, clinician_ids: Collection[str]) -> None:
    """Locks and reads at once what `of_clinician` will be asked for, one after another."""
    await hold(session, LOCK_CLASS, names=clinician_ids)
    await _pieces.load(session, held_piece.c.clinician_id, values=clinician_ids)


async def keep(session: AsyncSession, clinician_id: str, *, receipts: Iterable[Receipt]) -> None:
    """Adds those that are not there yet, locked by now; one that is there stays as it came."""
    known = {receipt.key for receipt in await of_clinician(session, clinician_id)}
    for receipt in receipts:
        if receipt.key not in known:
            row = {"clinician_id": clinician_id, "key": receipt.key, "received_on": receipt.received_on}
            _pieces.put(session, row, was=None)
