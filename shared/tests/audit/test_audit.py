"""Entries are written with the act, sealed soon after, and nothing can be done to them unseen."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.audit.anchors import Anchor, Anchors
from shared.audit.chain import Chain, KeyUnusable, chain_from
from shared.audit.sealer import Sealer
from shared.audit.verify import verify
from shared.db.tables import audit_entry, audit_unsealed
from shared.db.work import Works
from shared.principal import Principal
from shared.testing.running import eventually, running
from shared.tests.audit.tampering import TAMPERINGS

CHAIN = Chain(b"k" * 32)
ANNA = Principal(subject="per_anna", roles=frozenset({"lead"}), on_behalf_of="per_bo")


@pytest.fixture
def anchors(tmp_path: Path) -> Anchors:
    return Anchors(str(tmp_path / "anchors"), service="housing")


@pytest.fixture
def sealer(works: Works, anchors: Anchors) -> Sealer:
    return Sealer(works, CHAIN, anchors)


async def act(works: Works, count: int = 1, **entry: Any) -> None:
    for number in range(count):
        async with works.begin(ANNA, correlation_id=f"req-{number}") as work:
            work.audit(**{"action": "cases.book", "object_id": f"cas_{number}", **entry})


async def entries(engine: AsyncEngine) -> Sequence[Any]:
    async with engine.connect() as connection:
        return (await connection.execute(select(audit_entry).order_by(audit_entry.c.recorded_at))).all()


async def test_an_entry_says_who_did_what_why_and_on_whose_behalf(works: Works, engine: AsyncEngine) -> None:
    await act(works, reason="the clinician asked", details={"units": 2})
    (entry,) = await entries(engine)
    assert (entry.actor, entry.on_behalf_of, entry.action) == ("per_anna", "per_bo", "cases.book")
    assert (entry.object, entry.reason, entry.request_id) == ("cas_0", "the clinician asked", "req-0")
    assert entry.details == '{"units": 2}'
    assert entry.at == works.clock.now()


async def test_what_is_undone_leaves_no_entry(works: Works, engine: AsyncEngine) -> None:
    async with works.begin(ANNA) as work:
        work.audit("cases.book", object_id="cas_1")
        work.abandon()
    with pytest.raises(RuntimeError):
        async with works.begin(ANNA) as work:
            work.audit("cases.book", object_id="cas_2")
            raise RuntimeError
    assert await entries(engine) == []


async def test_what_is_taken_back_leaves_no_entry(works: Works, engine: AsyncEngine) -> None:
    async with works.begin(ANNA) as work:
        work.audit("cases.book", object_id="cas_1")
        mark = work.transaction.mark()
        work.audit("cases.book", object_id="cas_2")
        assert work.transaction.take_back(mark)
    assert [entry.object for entry in await entries(engine)] == ["cas_1"]


async def test_every_entry_is_sealed_once(works: Works, engine: AsyncEngine, sealer: Sealer) -> None:
    await act(works, 5)
    assert [await sealer.turn(), await sealer.turn()] == [5, 0]
    await act(works, 2)
    assert await sealer.turn() == 2
    found = await verify(engine, CHAIN, anchors=())
    assert (found.sealed, found.waiting, found.fault) == (7, 0, None)


async def test_a_commit_wakes_the_sealer(works: Works, engine: AsyncEngine, sealer: Sealer) -> None:
    async def is_sealed() -> bool:
        return (await verify(engine, CHAIN, anchors=())).sealed == 3

    async with running(sealer.run):
        await act(works, 3)
        sealer.wake()  # by the relay's listener, in a process
        await eventually(is_sealed)


async def test_a_second_sealer_goes_on_where_the_first_was(works: Works, engine: AsyncEngine, anchors: Anchors) -> None:
    for _ in range(3):
        await act(works, 2)
        await Sealer(works, CHAIN, anchors).turn()
    assert (await verify(engine, CHAIN, anchors=anchors.all())).sealed == 6


async def test_a_flag_set_again_by_hand_does_not_stop_the_sealer(
    works: Works, engine: AsyncEngine, sealer: Sealer
) -> None:
    await act(works, 2)
    await sealer.turn()
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO audit_unsealed SELECT entry_id FROM audit_seal"))
    await act(works, 1)
    assert await sealer.turn() == 1
    assert (await verify(engine, CHAIN, anchors=())).sealed == 3


async def test_the_head_is_anchored_and_read_back(works: Works, sealer: Sealer, anchors: Anchors) -> None:
    await act(works, 3)
    await sealer.turn()
    await act(works, 1)
    await sealer.turn()
    assert [anchor.position for anchor in anchors.all()] == [3]  # the next minute's is not due yet
    sealer.anchor()
    sealer.anchor()
    assert [anchor.position for anchor in anchors.all()] == [3, 4]


async def test_a_chain_made_anew_without_a_key_is_found_by_its_anchor(works: Works, engine: AsyncEngine) -> None:
    unkeyed = Chain(b"")
    await act(works, 3)
    await Sealer(works, unkeyed, Anchors("", service="housing")).turn()
    found = await verify(engine, unkeyed, anchors=[Anchor(position=2, seal=b"x" * 32)])
    assert found.fault == "position 2 was anchored with another seal: the chain was made anew"


@pytest.mark.parametrize("seed", range(200))
async def test_no_tampering_stays_unseen(
    seed: int, works: Works, engine: AsyncEngine, sealer: Sealer, anchors: Anchors
) -> None:
    dice = random.Random(seed)
    tampering = TAMPERINGS[seed % len(TAMPERINGS)]
    await act(works, dice.randint(3, 12), reason=dice.choice((None, "asked by the client")))
    await sealer.turn()
    sealer.anchor()
    assert (await verify(engine, CHAIN, anchors=anchors.all())).fault is None
    async with engine.begin() as connection:
        await tampering.act(connection, dice)
    assert (await verify(engine, CHAIN, anchors=anchors.all())).fault is not None, tampering.name


@pytest.mark.parametrize("column", ["reason", "object", "on_behalf_of", "actor", "details"])
async def test_the_first_bad_row_is_named(column: str, works: Works, engine: AsyncEngine, sealer: Sealer) -> None:
    await act(works, 6)
    await sealer.turn()
    async with engine.begin() as connection:
        entry = await connection.scalar(text("SELECT entry_id FROM audit_seal WHERE position = 4"))
        changed = text(
            f"UPDATE audit_entry SET {column} = 'x' WHERE id = :id OR id IN"
            " (SELECT entry_id FROM audit_seal WHERE position = 6)"
        )
        await connection.execute(changed, {"id": entry})
    found = await verify(engine, CHAIN, anchors=())
    assert found.fault == f"position 4: entry {entry} or its seal was changed"


async def test_nothing_waits_that_has_no_entry(works: Works, engine: AsyncEngine) -> None:
    await act(works, 2)
    async with engine.connect() as connection:
        flags = (await connection.scalars(select(audit_unsealed.c.entry_id))).all()
    assert sorted(flags) == sorted(entry.id for entry in await entries(engine))


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31])
def test_an_unfit_key_is_refused_by_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.key"
    path.write_text(content)
    with pytest.raises(KeyUnusable, match=r"AUDIT_KEY: .*audit\.key"):
        chain_from(str(path))


def test_a_missing_key_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="AUDIT_KEY"):
        chain_from(str(tmp_path / "none"))
