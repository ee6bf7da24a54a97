"""A database in memory with what the backbone relies on: transactions that see only what is committed and their own
writes, row locks until the end of a transaction, locks of a session until its connection ends, sequences that do not
wait for a commit.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, TypeVar

from tests.simulation.world import Machine, World

T = TypeVar("T")
Key = tuple[Any, ...]


class ConnectionLost(Exception):
    """The connection broke; what was asked last may or may not be done."""

    sqlstate = "08006"


class Deadlock(Exception):
    """Two transactions wait for each other; this one is given up."""

    sqlstate = "40P01"


class Database:
    """Tables by name, each from key to row, and who holds which lock."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.tables: dict[str, dict[Any, Any]] = defaultdict(dict)
        self.positions = count(1)
        self.holders: dict[Key, Connection] = {}
        self.waiting: dict[Key, deque[asyncio.Future[None]]] = defaultdict(deque)
        self.connections: list[Connection] = []
        self.listeners: list[Callable[[], object]] = []
        self.is_away = False

    async def connect(self, machine: Machine) -> "Connection":
        """A connection of this machine. Raises OSError while the database is away."""

        def accept() -> Connection:
            if self.is_away:
                raise ConnectionRefusedError("the database is away")
            connection = Connection(self, machine)
            self.connections.append(connection)
            return connection

        return await machine.ask(accept)

    def go_away(self) -> None:
        """The server ends: every connection is lost, and what was not committed never happened."""
        self.world.note("database", self.name, "goes away")
        self.is_away = True
        for connection in list(self.connections):
            connection.end()

    def come_back(self) -> None:
        """The server starts again with what was committed."""
        self.world.note("database", self.name, "is back")
        self.is_away = False

    def notify(self) -> None:
        """Wakes whoever listens."""
        for listener in self.listeners:
            listener()

    def release(self, key: Key) -> None:
        """Gives a lock to whoever waited longest, or to nobody."""
        del self.holders[key]
        waiting = self.waiting[key]
        while waiting:
            first = waiting.popleft()
            if not first.done():
                first.set_result(None)
                return


class Connection:
    """One session: at most one transaction at a time, and locks that end with it."""

    def __init__(self, database: Database, machine: Machine) -> None:
        self.database = database
        self.machine = machine
        self.is_over = False
        self.writes: dict[tuple[str, Any], Any] = {}
        self.locks: list[Key] = []
        self.session_locks: list[Key] = []
        self.waits_for: Key | None = None
        self.waiter: asyncio.Future[None] | None = None
        machine.on_death.append(self.end)

    def end(self) -> None:
        """The server lets go of everything this session holds; what was not committed never happened."""
        if self.is_over:
            return
        self.is_over = True
        self.rollback()
        for key in self.session_locks:
            self.database.release(key)
        self.session_locks.clear()
        self.database.connections.remove(self)
        if self.waiter and not self.waiter.done():
            self.waiter.set_exception(ConnectionLost())

    async def ask(self, act: Callable[[], T], *, locks: Callable[[], Sequence[Key]] = tuple) -> T:
        """Has the server do something, once it has these locks until the end of the transaction.

        Raises ConnectionLost, also when it is done and only the answer is lost, and Deadlock.
        """
        world = self.machine.world
        self._check()
        await world.travel()
        self._check()
        breaks = world.risks(world.dangers.disconnect) and world.chance.choice(("early", "late"))
        if breaks == "early":
            self._break(breaks)
        for key in locks():
            await self._lock(key)
        answer = act()
        if breaks == "late":
            self._break(breaks)
        await world.travel()
        self._check()
        return answer

    def try_session_lock(self, key: Key) -> bool:
        """Takes a lock that is held until the connection ends, if nobody else has it."""
        if key in self.database.holders:
            return False
        self.database.holders[key] = self
        self.session_locks.append(key)
        return True

    def read(self, table: str, key: object) -> Any:
        """The row as this transaction sees it; None when there is none."""
        if (table, key) in self.writes:
            return self.writes[table, key]
        return self.database.tables[table].get(key)

    def rows(self, table: str) -> Iterator[tuple[Any, Any]]:
        """All rows as this transaction sees them, in the order in which they came to be."""
        committed = self.database.tables[table]
        mine = {key: row for (name, key), row in self.writes.items() if name == table}
        for key, row in {**committed, **mine}.items():
            if row is not None:
                yield key, row

    def write(self, table: str, key: object, row: object) -> None:
        """Sets a row; None deletes it. Others see it when it is committed."""
        self.writes[table, key] = row

    def commit(self) -> None:
        """Makes everything visible at once and lets go of the row locks."""
        for (table, key), row in self.writes.items():
            if row is None:
                self.database.tables[table].pop(key, None)
            else:
                self.database.tables[table][key] = row
        self.rollback()

    def rollback(self) -> None:
        """Forgets what was written and lets go of the row locks."""
        self.writes.clear()
        locks, self.locks = self.locks, []
        for key in locks:
            self.database.release(key)

    def _break(self, when: str) -> None:
        world = self.machine.world
        world.note(self.machine.name, "loses its connection to", self.database.name, when)
        self.end()
        raise ConnectionLost

    def _check(self) -> None:
        if self.machine.is_dead:
            self.machine.check()
        if self.is_over:
            raise ConnectionLost

    async def _lock(self, key: Key) -> None:
        while (holder := self.database.holders.get(key)) not in (None, self):
            self._refuse_circle(holder)
            await self._wait(key)
            self._check()
        if key not in self.database.holders:
            self.database.holders[key] = self
            self.locks.append(key)

    def _refuse_circle(self, holder: "Connection | None") -> None:
        while holder is not None and holder.waits_for is not None:
            holder = self.database.holders.get(holder.waits_for)
            if holder is self:
                self.rollback()
                raise Deadlock

    async def _wait(self, key: Key) -> None:
        self.waits_for = key
        self.waiter = waiter = asyncio.get_running_loop().create_future()
        self.database.waiting[key].append(waiter)
        try:
            await waiter
        finally:
            self.waits_for = None
            self._pass_on(key, waiter)

    def _pass_on(self, key: Key, waiter: "asyncio.Future[None]") -> None:
        """Whoever was woken for a lock and cannot take it any more wakes the next."""
        if (self.is_over or self.machine.is_dead) and waiter.done() and key not in self.database.holders:
            self.database.holders[key] = self
            self.database.release(key)
