"""What a department says about its standing is exactly what changed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import FixedClock
from shared.contracts.workstreams import (
    Status,
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)
from shared.db.work import Works
from shared.principal import system
from shared.testing.house import House
from shared.workstreams.reporting import report
from shared.workstreams.standing import Obstacle, Standing, Task

DUE = datetime(2026, 1, 9, 17, tzinfo=UTC)
VERIFY = Task(key="verify:LIC-RN", kind="verify", due_at=DUE, weight_minutes=15, skill="credentialing_specialist")
MISSING = Obstacle(code="license_unverified", owner="credentialing", due=date(2026, 1, 9), task_key=VERIFY.key)
FIRST = Standing(
    assignment_id="asg_1", terms_version=1, status=Status.OPEN, done=1, total=3, obstacles=(MISSING,), tasks=(VERIFY,)
)
Say = Callable[[Standing], Awaitable[None]]


@pytest.fixture
def works(engine: AsyncEngine, clock: FixedClock) -> Works:
    return Works("credentialing", engine, clock)


@pytest.fixture
def say(works: Works) -> Say:
    async def run(standing: Standing) -> None:
        async with works.begin(system("credentialing")) as work:
            await report(work, standing)

    return run


async def items(house: House) -> list[tuple[str, int]]:
    """Every event about work items: what happened, and its version; all of the one item that there is."""
    (versions,) = (await house.versions_said("credentialing.work_item.v1")).values()
    events: Sequence[object] = [
        *await house.said(WorkItemOpened),
        *await house.said(WorkItemCompleted),
        *await house.said(WorkItemWithdrawn),
    ]
    return [(type(event).__name__, version) for event, version in zip(events, versions, strict=True)]


async def streams(house: House) -> list[int]:
    return (await house.versions_said("credentialing.workstream.v1"))["asg_1"]


async def test_the_first_report_opens_the_workstream_and_its_work_items(say: Say, house: House, works: Works) -> None:
    await say(FIRST)
    (opened,) = await house.said(WorkItemOpened)
    (changed,) = await house.said(WorkstreamChanged)
    assert (opened.kind, opened.due_at, opened.weight, opened.assignment_id) == ("verify", DUE, 15, "asg_1")
    assert (changed.status, changed.done, changed.total) == (Status.OPEN, 1, 3)
    (blocker,) = changed.blockers
    assert (blocker.code, blocker.work_item_id, blocker.since) == (
        "license_unverified",
        opened.work_item_id,
        works.clock.now(),
    )
    assert (await items(house), await streams(house)) == ([("WorkItemOpened", 1)], [1])


async def test_the_same_standing_again_says_nothing(say: Say, house: House, clock: FixedClock) -> None:
    await say(FIRST)
    clock.advance(timedelta(days=1))
    await say(FIRST)
    assert (await items(house), await streams(house)) == ([("WorkItemOpened", 1)], [1])


async def test_another_due_date_says_the_item_anew_and_nothing_else(say: Say, house: House) -> None:
    await say(FIRST)
    later = replace(VERIFY, due_at=DUE + timedelta(days=3))
    await say(replace(FIRST, tasks=(later,)))
    first, second = await house.said(WorkItemOpened)
    assert (second.work_item_id, second.due_at) == (first.work_item_id, later.due_at)
    assert (await items(house), await streams(house)) == ([("WorkItemOpened", 1), ("WorkItemOpened", 2)], [1])


async def test_a_task_that_is_done_completes_its_item(say: Say, house: House) -> None:
    await say(FIRST)
    await say(replace(FIRST, done=2, obstacles=(), tasks=(), completed=frozenset({VERIFY.key})))
    assert await items(house) == [("WorkItemOpened", 1), ("WorkItemCompleted", 2)]
    assert await streams(house) == [1, 2]


async def test_a_task_that_falls_away_withdraws_its_item_and_says_why(say: Say, house: House) -> None:
    await say(FIRST)
    gone = replace(FIRST, status=Status.CLOSED, obstacles=(), tasks=(), withdrawal="assignment_ended")
    await say(gone)
    (withdrawn,) = await house.said(WorkItemWithdrawn)
    assert withdrawn.reason == "assignment_ended"
    assert (await items(house), await streams(house)) == ([("WorkItemOpened", 1), ("WorkItemWithdrawn", 2)], [1, 2])


async def test_a_task_that_comes_back_is_a_new_item(say: Say, house: House) -> None:
    await say(FIRST)
    await say(replace(FIRST, obstacles=(), tasks=(), completed=frozenset({VERIFY.key})))
    await say(FIRST)
    versions = await house.versions_said("credentialing.work_item.v1")
    assert sorted(versions.values()) == [[1], [1, 2]]
    assert await streams(house) == [1, 2, 3]


async def test_a_blocker_keeps_since_when_it_blocks_while_all_else_changes(
    say: Say, house: House, clock: FixedClock
) -> None:
    since = clock.now()
    await say(FIRST)
    clock.advance(timedelta(days=2))
    new = Obstacle(code="tb_test_missing", owner="clinician")
    await say(replace(FIRST, terms_version=2, done=2, obstacles=(replace(MISSING, due=date(2026, 1, 20)), new)))
    changed = (await house.said(WorkstreamChanged))[-1]
    assert [(b.code, b.since) for b in changed.blockers] == [
        ("license_unverified", since),
        ("tb_test_missing", clock.now()),
    ]


async def test_a_blocker_that_was_gone_blocks_anew(say: Say, house: House, clock: FixedClock) -> None:
    bare = replace(FIRST, tasks=(), obstacles=(Obstacle(code="tb_test_missing", owner="clinician"),))
    await say(bare)
    await say(replace(bare, obstacles=()))
    clock.advance(timedelta(days=2))
    await say(bare)
    assert [[b.since for b in said.blockers] for said in await house.said(WorkstreamChanged)] == [
        [clock.now() - timedelta(days=2)],
        [],
        [clock.now()],
    ]


async def test_assignments_do_not_mix(say: Say, house: House) -> None:
    await say(FIRST)
    await say(replace(FIRST, assignment_id="asg_2"))
    await say(replace(FIRST, assignment_id="asg_2", tasks=(), obstacles=()))
    assert await house.versions_said("credentialing.workstream.v1") == {"asg_1": [1], "asg_2": [1, 2]}
    assert sorted((await house.versions_said("credentialing.work_item.v1")).values()) == [[1], [1, 2]]
