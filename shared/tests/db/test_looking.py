"""A unit of work that looks: no transaction frames it, and nothing can be written."""

import pytest
from sqlalchemy import select, text, update

from shared.db.driver import Statement
from shared.db.rows import Rows
from shared.db.session import run
from shared.db.tables import replica
from shared.db.work import Works
from shared.principal import system

READER = system("tests")
NOW = Statement("SELECT now() AS now")
rows = Rows(replica)
A_ROW = {"topic": "assignments.facility.v1", "key": "a", "version": 1, "body": "{}"}


async def test_each_statement_is_one_by_itself_whoever_runs_it(works: Works) -> None:
    """INVARIANT: a look holds no transaction: no lock and no snapshot outlives a statement.

    What breaks it: a statement that begins one, in which the time stands still.
    """
    async with works.look(READER) as work:
        seen = [(await run(work.session, NOW))[0]["now"] for _ in range(2)]
        seen += [await work.session.scalar(text("SELECT now()")) for _ in range(2)]
    assert len(set(seen)) == 4


async def test_it_sees_what_others_commit_meanwhile(works: Works) -> None:
    async with works.look(READER) as work:
        before = await work.session.scalar(select(replica.c.key))
        async with works.begin(READER) as writing:
            rows.put(writing.session, A_ROW, was=None)
        assert (before, await work.session.scalar(select(replica.c.key))) == (None, "a")


async def test_whoever_would_write_is_stopped_and_nothing_is_written(works: Works) -> None:
    async with works.begin(READER) as work:
        rows.put(work.session, A_ROW, was=None)
    async with works.look(READER) as work:
        with pytest.raises(RuntimeError, match="changes nothing"):
            await work.session.execute(update(replica).values(version=2))
    async with works.look(READER) as work:
        rows.put(work.session, {**A_ROW, "version": 2}, was=1)
        with pytest.raises(RuntimeError, match="changes nothing"):
            await work.session.scalar(select(replica.c.version))
    async with works.begin(READER) as work:
        assert await work.session.scalar(select(replica.c.version)) == 1


async def test_a_connection_that_looked_begins_a_transaction_again(works: Works) -> None:
    for _ in range(8):  # more than the pool has
        async with works.look(READER) as work:
            await run(work.session, NOW)
        async with works.begin(READER) as work:
            first, second = [(await run(work.session, NOW))[0]["now"] for _ in range(2)]
        assert first == second
