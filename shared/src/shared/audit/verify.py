"""Goes through the whole audit of a service and names the first thing that is not as it was written."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from shared.audit.anchors import Anchor
from shared.audit.chain import GENESIS, Chain
from shared.db.tables import audit_entry, audit_seal, audit_unsealed

BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found: how many entries are sealed, how many wait, and the first fault if there is one."""

    sealed: int
    waiting: int
    fault: str | None = None

    def told(self) -> str:
        """One line for a person."""
        waiting = f", {self.waiting} wait for their seal" if self.waiting else ""
        if self.fault:
            return f"DAMAGED after {self.sealed} sound entries{waiting}: {self.fault}"
        return f"sound: {self.sealed} entries sealed{waiting}"


async def verify(engine: AsyncEngine, chain: Chain, *, anchors: Sequence[Anchor]) -> Verified:
    """Checks every seal against its entry, the chain against its anchors, and that nothing stands beside it."""
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="REPEATABLE READ")
        position, fault = await _walk(connection, chain, anchors={one.position: one.seal for one in anchors})
        waiting = await connection.scalar(select(func.count()).select_from(audit_unsealed)) or 0
        last = max((one.position for one in anchors), default=0)
        if fault is None and last > position:
            fault = f"position {position + 1} is missing: the chain was anchored at position {last}"
        if fault is None:
            fault = await _stray(connection)
    return Verified(sealed=position, waiting=waiting, fault=fault)


async def _walk(connection: AsyncConnection, chain: Chain, *, anchors: dict[int, bytes]) -> tuple[int, str | None]:
    """How far the chain holds, and what is wrong with the next position."""
    position, seal = 0, GENESIS
    async for row in _sealed(connection):
        expected = position + 1
        if row["position"] != expected:
            return position, f"position {expected} is missing"
        if row["id"] is None:
            return position, f"position {expected}: entry {row['entry_id']} is missing"
        seal = chain.seal(seal, position=expected, entry=row)
        if not compare_digest(seal, row["seal"]):
            return position, f"position {expected}: entry {row['entry_id']} or its seal was changed"
        if not compare_digest(seal, anchors.get(expected, seal)):
            return position, f"position {expected} was anchored with another seal: the chain was made anew"
        position = expected
    return position, None


async def _sealed(connection: AsyncConnection) -> AsyncIterator[Any]:
    """Every seal beside its entry, in order."""
    after = -(2**63)
    together = select(audit_seal.c.position, audit_seal.c.entry_id, audit_seal.c.seal, audit_entry).outerjoin(
        audit_entry, audit_entry.c.id == audit_seal.c.entry_id
    )
    while True:
        batch = together.where(audit_seal.c.position > after).order_by(audit_seal.c.position).limit(BATCH)
        rows = (await connection.execute(batch)).mappings().all()
        for row in rows:
            yield row
        if len(rows) < BATCH:
            return
        after = rows[-1]["position"]


async def _stray(connection: AsyncConnection) -> str | None:
    """An entry that is neither sealed nor waits for it, or a flag whose entry is gone."""
    seals, flags = audit_seal.c.entry_id, audit_unsealed.c.entry_id
    beside = (
        select(audit_entry.c.id)
        .outerjoin(audit_seal, seals == audit_entry.c.id)
        .outerjoin(audit_unsealed, flags == audit_entry.c.id)
        .where(seals.is_(None), flags.is_(None))
    )
    if found := await connection.scalar(beside.limit(1)):
        return f"entry {found} was put in beside the chain"
    gone = select(flags).outerjoin(audit_entry, audit_entry.c.id == flags).where(audit_entry.c.id.is_(None))
    if found := await connection.scalar(gone.limit(1)):
        return f"entry {found} is missing before it was sealed"
    return None
