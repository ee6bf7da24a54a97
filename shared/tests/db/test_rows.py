"""Rows are read once and written once, and what was put can be taken back until it is written."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db.bulk import Overtaken
from shared.db.rows import Rows
from shared.db.tables import replica
from shared.db.work import Work, Works
from shared.principal import system
from shared.testing.statements import noted_statements

TOPIC = "assignments.facility.v1"
WRITER = system("tests")
rows = Rows(replica)


def a_row(key: str, *, version: int = 1, body: str = "{}", topic: str = TOPIC) -> dict[str, object]:
    return {"topic": topic, "key": key, "version": version, "body": body}


@pytest.fixture
def statements(engine: AsyncEngine) -> Iterator[list[str]]:
    """What is sent to the database."""
    with noted_statements(engine) as sent:
        yield sent


async def found(work: Work, key: str, *, lock: bool = False) -> list[tuple[int, str]]:
    kept = await rows.where(work.session, replica.c.key, value=key, lock=lock)
    return [(each.row["version"], each.row["body"]) for each in kept]


async def stored(works: Works) -> list[tuple[str, int, str]]:
    async with works.engine.connect() as connection:
        result = await connection.execute(select(replica.c.key, replica.c.version, replica.c.body).order_by("key"))
        return [(row.key, row.version, row.body) for row in result]


async def store(works: Works, *keys: str) -> None:
    async with works.begin(WRITER) as work:
        for key in keys:
            rows.put(work.session, a_row(key), was=None)


async def test_many_new_and_changed_rows_are_one_statement(works: Works, statements: list[str]) -> None:
    await store(works, "a", "b")
    statements.clear()
    async with works.begin(WRITER) as work:
        await rows.load(work.session, replica.c.key, values=["a", "b"], lock=True)
        for key in ("a", "b"):
            (kept,) = await rows.where(work.session, replica.c.key, value=key, lock=True)
            rows.put(work.session, {**kept.row, "version": 2}, was=1)
        for key in ("c", "d", "e"):
            rows.put(work.session, a_row(key), was=None)
    assert [statement.split()[0] for statement in statements] == ["SELECT", "WITH"]
    assert [(key, version) for key, version, _ in await stored(works)] == [
        ("a", 2),
        ("b", 2),
        ("c", 1),
        ("d", 1),
        ("e", 1),
    ]


async def test_a_row_put_twice_is_written_as_it_was_last(works: Works, statements: list[str]) -> None:
    await store(works, "z")  # the driver asks for types once
    statements.clear()
    async with works.begin(WRITER) as work:
        rows.put(work.session, a_row("a"), was=None)
        rows.put(work.session, a_row("a", version=2, body="last"), was=1)
    assert len(statements) == 1
    assert await stored(works) == [("a", 2, "last"), ("z", 1, "{}")]


async def test_what_was_looked_for_is_not_looked_for_again_even_if_it_is_not_there(
    works: Works, statements: list[str]
) -> None:
    await store(works, "a")
    statements.clear()
    async with works.begin(WRITER) as work:
        await rows.load(work.session, replica.c.key, values=["a", "missing"])
        assert (await found(work, "a"), await found(work, "missing")) == ([(1, "{}")], [])
    assert len(statements) == 1


async def test_what_was_put_is_found_by_its_column_before_it_is_written(works: Works) -> None:
    async with works.begin(WRITER) as work:
        rows.put(work.session, a_row("a"), was=None)
        rows.put(work.session, a_row("a", topic="assignments.client.v1"), was=None)
        assert await found(work, "a") == [(1, "{}"), (1, "{}")]


async def test_any_other_statement_sees_what_was_put(works: Works) -> None:
    async with works.begin(WRITER) as work:
        rows.put(work.session, a_row("a"), was=None)
        assert await work.session.scalar(select(replica.c.version).where(replica.c.key == "a")) == 1


async def test_find_sees_what_was_put_and_keeps_what_it_found(works: Works) -> None:
    await store(works, "a")
    async with works.begin(WRITER) as work:
        rows.put(work.session, a_row("b", body="new"), was=None)
        kept = await rows.find(work.session, replica.c.topic == TOPIC, limit=10)
        assert [each.row["key"] for each in kept] == ["a", "b"]
        rows.put(work.session, a_row("a", version=2), was=1)
    assert [version for _, version, _ in await stored(works)] == [2, 1]


async def test_what_was_put_since_a_mark_is_taken_back(works: Works) -> None:
    await store(works, "a")
    async with works.begin(WRITER) as work:
        await found(work, "a")
        rows.put(work.session, a_row("a", version=2, body="kept"), was=1)
        mark = work.transaction.mark()
        rows.put(work.session, a_row("a", version=3, body="taken back"), was=2)
        rows.put(work.session, a_row("b"), was=None)
        assert work.transaction.take_back(mark)
        assert (await found(work, "a"), await found(work, "b")) == ([(2, "kept")], [])
    assert await stored(works) == [("a", 2, "kept")]


async def test_what_is_written_is_not_taken_back(works: Works) -> None:
    async with works.begin(WRITER) as work:
        mark = work.transaction.mark()
        rows.put(work.session, a_row("a"), was=None)
        await work.session.execute(select(replica.c.key))
        assert not work.transaction.take_back(mark)
    assert len(await stored(works)) == 1


async def test_a_statement_that_changed_something_is_not_taken_back(works: Works) -> None:
    async with works.begin(WRITER) as work:
        mark = work.transaction.mark()
        await work.session.execute(text("UPDATE replica SET version = version"))
        assert not work.transaction.take_back(mark)


async def test_what_only_looked_can_be_taken_back(works: Works) -> None:
    async with works.begin(WRITER) as work:
        mark = work.transaction.mark()
        await work.session.execute(select(replica.c.key))
        assert work.transaction.take_back(mark)


async def test_a_row_that_somebody_changed_meanwhile_is_not_overwritten(works: Works) -> None:
    await store(works, "a")
    with pytest.raises(Overtaken):
        async with works.begin(WRITER) as work:
            await found(work, "a")
            async with works.engine.begin() as other:
                await other.execute(update(replica).values(version=2, body="theirs"))
            rows.put(work.session, a_row("a", version=2, body="ours"), was=1)
    assert await stored(works) == [("a", 2, "theirs")]


async def test_a_row_saved_from_a_version_that_is_not_the_present_one_is_refused_at_once(works: Works) -> None:
    async with works.begin(WRITER) as work:
        rows.put(work.session, a_row("a"), was=None)
        with pytest.raises(Overtaken):
            rows.put(work.session, a_row("a", version=1), was=None)


async def test_a_row_is_read_anew_when_it_is_locked(works: Works) -> None:
    await store(works, "a")
    async with works.begin(WRITER) as work:
        assert await found(work, "a") == [(1, "{}")]
        async with works.engine.begin() as other:
            await other.execute(update(replica).values(version=2, body="theirs"))
        assert await found(work, "a") == [(1, "{}")]
        assert await found(work, "a", lock=True) == [(2, "theirs")]
        rows.put(work.session, a_row("a", version=3, body="ours"), was=2)
    assert await stored(works) == [("a", 3, "ours")]


async def test_only_the_rows_that_are_ever_asked_for_are_read(works: Works) -> None:
    await store(works, "a", "b")
    first = Rows(replica, only=replica.c.key == "a")
    async with works.begin(WRITER) as work:
        kept = await first.where(work.session, replica.c.topic, value=TOPIC)
        assert [each.row["key"] for each in kept] == ["a"]


async def test_an_abandoned_unit_of_work_writes_nothing(works: Works) -> None:
    async with works.begin(WRITER) as work:
        rows.put(work.session, a_row("a"), was=None)
        work.abandon()
    assert await stored(works) == []
