"""What the use cases of a batch will ask for, read at once."""

from collections.abc import Awaitable, Callable, Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.work import Work
from shared.workstreams import reporting

Load = Callable[[Work, Mapping[str, Collection[str]]], Awaitable[None]]
"""`named`: ids by the field that names them, such as `assignment_id`."""
Reader = Callable[[AsyncSession, Collection[str]], Awaitable[None]]


def loader(**readers: Reader) -> Load:
    """A department's load: its readers, in this order, each with the ids in the field that it is named after.

    The workstreams of the assignments come last. One order for all batches: they lock rows, and none waits in a circle.
    """

    async def load(work: Work, named: Mapping[str, Collection[str]]) -> None:
        for field, read in readers.items():
            await read(work.session, named.get(field, ()))
        await reporting.load(work, named.get("assignment_id", ()))

    return load
