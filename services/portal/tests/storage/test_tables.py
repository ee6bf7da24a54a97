"""The migrations make what the code declares; two that speak of one assignment first do not stumble over each other."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from portal.domain.assignment import Assignment
from portal.domain.item import WorkItem
from portal.domain.rank import Reason
from portal.storage import assignments, work_items
from portal.storage.tables import metadata
from services.portal.tests.builders import DUE, an_item
from shared.db.bulk import Overtaken
from shared.db.versions import VersionMismatch
from shared.db.work import Works
from shared.errors import NotFound
from shared.principal import Principal
from shared.reach import Reach
from shared.testing.drift import drift

READER = Principal(subject="per_1")


def a_kept_item(**facts: object) -> WorkItem:
    values = {
        "work_item_id": "wki_1",
        "department": "payroll",
        "kind": "check_rate",
        "due_at": DUE,
        "rank_at": DUE - timedelta(hours=4),
        "rank_reasons": (Reason(code="money", minutes=240, fact="100000"),),
        "weight": 15,
        "skill": "pay",
        "partition": "west",
        "opened_at": DUE,
        "changed_at": DUE,
        "assignment_id": "asg_1",
        "facility_id": "fac_1",
        "actions": an_item().actions,
    }
    return WorkItem(**values | facts)  # type: ignore[arg-type]


async def test_migrations_make_the_declared_tables(engine: AsyncEngine) -> None:
    assert await drift(engine, metadata) == []


async def test_an_item_comes_back_as_it_went(works: Works) -> None:
    async with works.begin(READER) as work:
        saved = work_items.save(work.session, a_kept_item())
    async with works.begin(READER) as work:
        assert await work_items.to_read(work.session, "wki_1") == saved
        assert await work_items.open_of(work.session, "asg_1") == (saved,)


async def test_a_save_from_an_older_version_changes_nothing(works: Works) -> None:
    async with works.begin(READER) as work:
        first = work_items.save(work.session, a_kept_item())
    async with works.begin(READER) as work:
        work_items.save(work.session, first)
    with pytest.raises(Overtaken):
        async with works.begin(READER) as work:
            work_items.save(work.session, first)


async def test_an_item_out_of_reach_is_not_found(works: Works) -> None:
    async with works.begin(READER) as work:
        work_items.save(work.session, a_kept_item())
    async with works.begin(READER, reach=Reach(facility_id=frozenset({"fac_1"}))) as work:
        assert (await work_items.to_change(work.session, "wki_1")).version == 1
    async with works.begin(READER, reach=Reach(facility_id=frozenset({"fac_2"}))) as work:
        with pytest.raises(NotFound):
            await work_items.to_change(work.session, "wki_1")


async def test_a_change_of_another_version_than_was_seen_is_refused(works: Works) -> None:
    async with works.begin(READER) as work:
        work_items.save(work.session, a_kept_item())
    async with works.begin(READER) as work:
        with pytest.raises(VersionMismatch):
            await work_items.to_change(work.session, "wki_1", expected_version=2)


async def test_counts_are_of_what_is_reached_open_and_awake(works: Works) -> None:
    later = DUE + timedelta(days=1)
    each: list[dict[str, object]] = [
        {"owner_id": "per_1"},
        {"owner_id": "per_1", "snoozed_until": later},
        {"owner_id": "per_1", "snoozed_until": DUE},
        {"owner_id": "per_2"},
        {},
        {"is_open": False},
        {"facility_id": "fac_2"},
    ]
    async with works.begin(READER) as work:
        for number, facts in enumerate(each):
            work_items.save(work.session, a_kept_item(work_item_id=f"wki_{number}", **facts))
    async with works.begin(READER) as work:
        assert [await work_items.count(work.session, owner_id=one, now=DUE) for one in ("per_1", None)] == [2, 2]
    async with works.begin(READER, reach=Reach(facility_id=frozenset({"fac_2"}))) as work:
        assert [await work_items.count(work.session, owner_id=one, now=DUE) for one in ("per_1", None)] == [0, 1]


async def test_of_two_that_hear_of_an_assignment_first_the_second_waits_and_sees_it(works: Works) -> None:
    """INVARIANT: an assignment's row is made once, whichever topic tells of it first.

    What breaks it: reading before the assignment's name is held.
    """
    is_held = asyncio.Event()

    async def first() -> None:
        async with works.begin(READER) as work:
            known = await assignments.to_change(work.session, "asg_1", now=work.now)
            is_held.set()
            assignments.save(work.session, known)

    async def second() -> Assignment:
        await is_held.wait()
        async with works.begin(READER) as work:
            known = await assignments.to_change(work.session, "asg_1", now=work.now)
            return assignments.save(work.session, known)

    _, saved = await asyncio.gather(first(), second())
    assert saved.version == 2
