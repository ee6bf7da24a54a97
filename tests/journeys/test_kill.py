"""Whatever dies while offers come in, every accepted offer has exactly one part in each department.

OFFERS=200 makes it the full proof; by default it is a short one. Nothing here asserts how long anything took.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from itertools import repeat
from typing import Any

import httpx
import pytest

from tests.journeys.directory import an_offer, fill_directory
from tests.system import Caller, System, eventually, running_system

OFFERS = int(os.environ.get("OFFERS", "60"))
PER_SECOND = 20
ATTEMPTS = 200
TABLES = {"credentialing": "file", "payroll": "profile", "housing": "housing_case", "timekeeping": "plan"}


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    """A system of its own: its parts die."""
    with running_system("--test-mode") as system:
        asyncio.run(fill_directory(system))
        yield system


async def post_until_answered(recruiter: Caller, offer: dict[str, object], statuses: list[int]) -> str:
    """Sends an offer again, with the same key, until it is answered for certain; the id of its assignment."""
    for _ in repeat(None, ATTEMPTS):
        try:
            answer = await recruiter.post("assignments", "/v1/assignments", offer, key=str(offer["source_reference"]))
        except (httpx.TransportError, KeyError):  # no answer, or the service is being started again
            await asyncio.sleep(0.1)
            continue
        statuses.append(answer.status_code)
        if answer.status_code == 201:
            return str(answer.json()["assignment_id"])
        await asyncio.sleep(0.1)
    raise AssertionError(f"never accepted: {statuses[-3:]}")


async def post_offers(system: System, during: Callable[[], Coroutine[Any, Any, None]], statuses: list[int]) -> set[str]:
    """Posts offers at a steady rate while something happens; the ids of all, each accepted in the end."""
    recruiter = system.caller("recruiter")
    trouble = asyncio.create_task(during())
    posts = []
    for _ in range(OFFERS):
        posts.append(asyncio.create_task(post_until_answered(recruiter, an_offer(), statuses)))
        await asyncio.sleep(1 / PER_SECOND)
    ids = await asyncio.gather(*posts)
    await trouble
    return set(ids)


async def assert_one_part_each(system: System, ids: set[str]) -> None:
    for service, table in TABLES.items():

        async def found(service: str = service, table: str = table) -> list[str]:
            rows = await system.rows(
                service, f"SELECT assignment_id FROM {table} WHERE assignment_id = ANY($1)", list(ids)
            )
            return [row["assignment_id"] for row in rows]

        parts = await eventually(found, lambda parts: len(parts) >= len(ids), seconds=90)
        assert sorted(parts) == sorted(ids), f"{service} has not exactly one {table} each"
        waiting = await system.rows(service, "SELECT reason, error FROM parked_event WHERE settled_at IS NULL")
        assert waiting == []


async def test_services_end_one_after_another_and_nothing_is_lost_or_doubled(system: System) -> None:
    """INVARIANT: each accepted offer has one file, one profile, one case and one plan, whichever process died.

    What breaks it: committing offsets before the database, an outbox row outside the transaction of its change, a
    consumer without an inbox, an idempotency key that is kept apart from the write.
    """

    async def kill_each() -> None:
        for service in ("credentialing", "payroll", "housing", "timekeeping", "assignments"):
            await asyncio.sleep(OFFERS / PER_SECOND / 6)
            await _end_and_see_again(system, service)

    statuses: list[int] = []
    ids = await post_offers(system, kill_each, statuses)
    assert len(ids) == OFFERS
    assert set(statuses) <= {201, 409, 503}, "a caller sees success, 'still running', or 'try again'"
    await assert_one_part_each(system, ids)


async def test_the_broker_ends_and_the_api_keeps_answering(system: System) -> None:
    async def kill_broker() -> None:
        await asyncio.sleep(OFFERS / PER_SECOND / 3)
        system.kill("kafka")

    statuses: list[int] = []
    ids = await post_offers(system, kill_broker, statuses)
    assert (len(ids), set(statuses)) == (OFFERS, {201})
    await assert_one_part_each(system, ids)


async def _end_and_see_again(system: System, service: str) -> None:
    before = int(system.parts[service]["deaths"])
    system.kill(service)

    async def deaths() -> int:
        part = system.parts.get(service)
        return int(part["deaths"]) if part else -1

    await eventually(deaths, lambda now: now > before)
