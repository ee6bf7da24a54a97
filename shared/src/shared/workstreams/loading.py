"""What the use cases of a batch will ask for, read at once."""

from collections.abc import Awaitable, Callable, Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.work import Work
from shared.workstreams import reporting

Named = Mapping[str, Collection[str]]
"""Ids by the field that names them, such as `assignment_id`."""
Load = Callable[[Work, Named], Awaitable[None]]
Reader = Callable[[AsyncSession, Collection[str]], Awaitable[None]]


async def load_by_name(work: Work, named: Named, **readers: Reader) -> None:
    """Has each reader, in this order, read what its field names, and then the workstreams of the assignments.

    Readers lock rows: one order for every batch of a department, and no two batches wait for each other.
    """
    for field, read in readers.items():
        await read(work.session, named.get(field, ()))
    await reporting.load(work, named.get("assignment_id", ()))
