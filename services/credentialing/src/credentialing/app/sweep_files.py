"""What lies in the store without a document."""

from datetime import timedelta

from credentialing.clients.desk import Desk
from credentialing.storage import documents, packets
from shared.clock import SystemClock
from shared.db.work import Work

UNTOUCHED = timedelta(days=1)
"""Longer than any upload takes."""

LOOKED_UP_AT_ONCE = 500
_REAL = SystemClock()


async def sweep_files(work: Work, *, desk: Desk, untouched: timedelta = UNTOUCHED) -> int:
    """Removes files that came in and were never kept, and kept ones whose document or packet was not written; how many.

    A process died over them. Real time counts, which is what the store notes. Raises FilesUnavailable.
    """
    before = _REAL.now() - untouched
    removed = await desk.store.sweep(before=before)
    batch: list[str] = []
    async for name in desk.store.names(before=before):
        batch.append(name)
        if len(batch) == LOOKED_UP_AT_ONCE:
            removed += await _without_document(work, batch, desk)
            batch = []
    return removed + await _without_document(work, batch, desk)


async def _without_document(work: Work, names: list[str], desk: Desk) -> int:
    removed = 0
    for name in sorted(set(names) - await _in_use(work, names)):
        await documents.hold_file(work.session, name)
        if not await _in_use(work, [name]):
            await desk.store.delete(name)
            removed += 1
    return removed


async def _in_use(work: Work, names: list[str]) -> frozenset[str]:
    """Those that a document or a packet has."""
    return await documents.files_in_use(work.session, names) | await packets.files_in_use(work.session, names)
