"""The session of a unit of work, which remembers what was loaded and saved.

What was saved waits in memory until the transaction ends or any other statement goes through the session, which so sees
it. Until then it can be taken back without the database.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session

from shared.db.bulk import Change, write
from shared.db.driver import Row, Statement, fetch
from shared.reach import Reach

_MEMORY = "memory"
_FETCH = "fetch"


class Shelf(Protocol):
    """What a transaction remembers of one table."""

    def waiting(self) -> Change | None:
        """What is not written yet."""
        ...

    def is_written(self) -> None:
        """All of that is written by now."""
        ...


@dataclass(slots=True)
class Memory:
    """What one transaction remembers, and how to take back what is not written yet."""

    shelves: dict[object, Any] = field(default_factory=dict)
    undo: list[Callable[[], None]] = field(default_factory=list)
    locks: set[tuple[int, int]] = field(default_factory=set)
    """The advisory locks held: their classes and numbers."""
    reach: Reach | None = None
    """What the principal may see; None for the service itself."""
    writes: int = 0
    """Counts what cannot be taken back: rows written, and other statements that may have changed something."""
    is_looking: bool = False
    """No transaction could take anything back: nothing may be written."""

    def write(self, session: Session, also: Sequence[Change] = (), *, notify: str | None = None) -> None:
        """Writes everything, and these changes, in one statement. Raises Overtaken."""
        waiting = [(shelf, change) for shelf in self.shelves.values() if (change := shelf.waiting())]
        if not waiting and not also:
            return
        self.must_not_look()
        self.writes += 1
        self.undo.clear()
        write(session.connection(), [*(change for _, change in waiting), *also], notify=notify)
        for shelf, _ in waiting:
            shelf.is_written()

    def must_not_look(self) -> None:
        """Raises RuntimeError: what looks would write."""
        if self.is_looking:
            raise RuntimeError("a unit of work that looks changes nothing")

    def take_back(self, length: int) -> None:
        """Takes back the newest changes until this many are left."""
        while len(self.undo) > length:
            self.undo.pop()()


class WorkSession(Session):
    """Writes what waits with every flush."""

    def flush(self, objects: Any = None) -> None:
        """Writes what waits in memory."""
        self.info[_MEMORY].write(self)
        super().flush(objects)


@event.listens_for(WorkSession, "do_orm_execute")
def _write_first(execution: ORMExecuteState) -> None:
    memory: Memory = execution.session.info[_MEMORY]
    memory.write(execution.session)
    if execution.is_insert or execution.is_update or execution.is_delete:
        memory.must_not_look()
    if not execution.is_select:
        memory.writes += 1


def make_session(engine: AsyncEngine, *, is_looking: bool = False) -> AsyncSession:
    """A session with an empty memory; `is_looking`: one that writes nothing."""
    memory = Memory(is_looking=is_looking)
    session = AsyncSession(engine, sync_session_class=WorkSession, expire_on_commit=False, info={_MEMORY: memory})

    async def on_driver(statement: Statement, values: Mapping[str, Any]) -> Sequence[Row]:
        return await fetch(await session.connection(), statement, values=values)

    session.info[_FETCH] = on_driver
    return session


async def run(session: AsyncSession, statement: Statement, **values: Any) -> Sequence[Row]:
    """What one of the house's own statements returns. What waits in memory is not written first."""
    rows: Sequence[Row] = await session.info[_FETCH](statement, values)
    return rows


def memory_of(session: AsyncSession) -> Memory:
    """What the session remembers. Raises KeyError for one that no unit of work made."""
    memory: Memory = session.info[_MEMORY]
    return memory
