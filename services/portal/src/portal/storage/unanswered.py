"""The open items of one kind, as the oldest wait first."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from portal.storage.reached import run_within
from shared.db.driver import Row

_OLDEST: Final = """
    SELECT work_item_id, assignment_id, clinician_id, facility_id, opened_at FROM queue_item
    WHERE department = CAST(:department AS text) AND is_open AND kind = CAST(:kind AS text) AND {reached}
    ORDER BY opened_at, work_item_id
    LIMIT :most
"""


async def oldest_of_kind(session: AsyncSession, *, department: str, kind: str, most: int) -> Sequence[Row]:
    """The oldest open items of a kind within reach, whoever does them: ids, and since when they are open."""
    return await run_within(session, _OLDEST, department=department, kind=kind, most=most)
