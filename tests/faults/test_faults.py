"""A short run of the fault suite on one running system: each fault once, every invariant judged after each.

`make faults` is the long one, with a seed, many rounds and the faults that take longer.
"""

from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio

from tests.faults.deaths import POINTS, kill_at, kill_kafka, kill_postgres, kill_service
from tests.faults.records import disorder, poison, repeat_everything
from tests.faults.rounds import Fault, Round, a_stage, play
from tests.faults.stage import Scale, Stage
from tests.faults.troubles import stop_process

SCALE = Scale(rate=10, before_seconds=1, after_seconds=1, repeats=500, pairs=20)
SEED = 1

pytestmark = [
    pytest.mark.system,
    pytest.mark.kafka,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("collected"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    """One system for the faults of this module, each of which leaves it healed."""
    async with a_stage(seed=SEED, scale=SCALE) as stage:
        yield stage


async def survives(stage: Stage, fault: Fault) -> Round:
    """Plays a round; fails with what the checker found."""
    played = await play(stage, "test", fault)
    assert not played.violations, "\n".join([f"seed {SEED}, {played.what}:", *played.violations])
    assert played.calls["ok"], "nothing was asked, so nothing was shown"
    return played


@pytest.mark.parametrize("point", POINTS)
async def test_a_service_dies_at_a_named_point(stage: Stage, point: str) -> None:
    """INVARIANT: nothing is lost, doubled or out of order, whenever a service dies.

    What breaks it: marking events before they are acknowledged, committing offsets before the database, an outbox row
    or an inbox row outside the transaction of the change.
    """
    hit = stage.windows[POINTS[point]]
    await survives(stage, partial(kill_at, service="assignments", point=point))
    assert stage.windows[POINTS[point]] == hit + 1, "the service never came to this point"


async def test_a_service_dies_at_any_moment(stage: Stage) -> None:
    await survives(stage, kill_service)


async def test_kafka_dies_and_every_call_is_still_answered(stage: Stage) -> None:
    played = await survives(stage, kill_kafka)
    assert not played.calls["unknown"]


async def test_a_postgresql_server_dies_and_no_acknowledged_write_is_lost(stage: Stage) -> None:
    await survives(stage, kill_postgres)


async def test_events_swapped_on_their_way_are_applied_in_order(stage: Stage) -> None:
    """INVARIANT: the events of one aggregate are applied in the order of their versions.

    What breaks it: a consumer that applies what comes, whatever its version; a gap that nobody fills.
    """
    await survives(stage, disorder)


async def test_poison_parks_its_own_keys_alone(stage: Stage) -> None:
    await survives(stage, poison)


async def test_everything_repeated_changes_no_row(stage: Stage) -> None:
    """INVARIANT: an event has its effect once, however often it comes.

    What breaks it: a consumer without an inbox, or one that counts a duplicate as work.
    """
    await survives(stage, repeat_everything)


async def test_a_process_that_stood_still_goes_on_and_harms_nothing(stage: Stage) -> None:
    await survives(stage, stop_process)
