"""Chains the entries that committed transactions left, in the order they are found, and anchors the head.

Entries are found by a flag, never by an id or a time: a transaction that committed late is not passed over.
"""

import asyncio
import time
from contextlib import suppress

import structlog
from sqlalchemy import delete, insert, select

from shared.audit.anchors import Anchor, Anchors
from shared.audit.chain import GENESIS, Chain
from shared.db.state import locked_alone
from shared.db.tables import audit_entry, audit_seal, audit_unsealed
from shared.db.work import Work, Works
from shared.messaging.letter import describe
from shared.messaging.pause import pause, waking
from shared.observe.places import places
from shared.principal import system

log = structlog.get_logger()

BATCH = 1000
LOCK_CLASS = 0xA0D1  # any number, the same in every replica
POLL_SECONDS = 30
"""Only for what no wake-up told of: the relay's listener was away."""
GATHER_SECONDS = 0.2
"""Entries that come at once are sealed at once; well within the two seconds that a seal may take."""
ANCHOR_SECONDS = 60
"""What happened since the last anchor is protected by the key alone."""

_HEAD = select(audit_seal.c.position, audit_seal.c.seal).order_by(audit_seal.c.position.desc()).limit(1)
_WAITING = (
    select(audit_entry)
    .join(audit_unsealed, audit_unsealed.c.entry_id == audit_entry.c.id)
    .outerjoin(audit_seal, audit_seal.c.entry_id == audit_entry.c.id)
    .where(audit_seal.c.entry_id.is_(None))
    .order_by(audit_entry.c.recorded_at, audit_entry.c.id)
    .limit(BATCH)
)


class Sealer:
    """The sealer of one service process; one replica at a time seals."""

    def __init__(self, works: Works, chain: Chain, anchors: Anchors) -> None:
        self._works = works
        self._chain = chain
        self._anchors = anchors
        self._woken = asyncio.Event()
        self._head: Anchor | None = None
        self._anchored_at = float("-inf")
        self._anchored_position = 0

    def wake(self) -> None:
        """Says that something was committed."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Seals until `stop` is set; a database that is away is waited out. Anchors the head at the end."""
        async with waking(self._woken, at=stop):
            while not stop.is_set():
                self._woken.clear()
                try:
                    while await self.turn() == BATCH:
                        pass
                except Exception as error:  # this loop must outlive outages; what is none is logged whole
                    log.warning("audit.interrupted", error=describe(error), where=places(error))
                await pause(self._woken, POLL_SECONDS)
                if self._woken.is_set():
                    await pause(stop, GATHER_SECONDS)
        with suppress(OSError):
            self.anchor()

    async def turn(self) -> int:
        """Seals what waits, at most 1,000 entries; how many. Raises OSError when the head cannot be anchored."""
        async with self._works.begin(system(self._works.service)) as work:
            if not await locked_alone(work.session, family=LOCK_CLASS, number=0):
                return 0
            count = await self._seal(work)
        if self._head and time.monotonic() - self._anchored_at > ANCHOR_SECONDS:
            self.anchor()
        return count

    def anchor(self) -> None:
        """Notes the head outside the database, unless it is noted already. Raises OSError."""
        if self._head and self._head.position > self._anchored_position:
            self._anchors.add(self._head)
            self._anchored_position = self._head.position
            self._anchored_at = time.monotonic()

    async def _seal(self, work: Work) -> int:
        session = work.session
        entries = (await session.execute(_WAITING)).mappings().all()
        row = (await session.execute(_HEAD)).one_or_none()
        position, seal = (row.position, row.seal) if row else (0, GENESIS)
        if self._head and position < self._head.position:
            log.error("audit.cut_off", position=position, was=self._head.position)
        seals = []
        for entry in entries:
            position += 1
            seal = self._chain.seal(seal, position=position, entry=entry)
            seals.append({"position": position, "entry_id": entry["id"], "seal": seal})
        if seals:
            await session.execute(insert(audit_seal), seals)
            sealed = [entry["id"] for entry in entries]
            await session.execute(delete(audit_unsealed).where(audit_unsealed.c.entry_id.in_(sealed)))
        self._head = Anchor(position=position, seal=seal)
        return len(seals)
