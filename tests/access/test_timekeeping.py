"""Who may do what in timekeeping, tried."""

import pytest

from shared.testing.api import Api
from shared.testing.house import House
from tests.access import department, fields, tokens
from tests.access.matrix import Matrix
from tests.access.world import World

SERVICE = "timekeeping"
UNDONE = frozenset(
    {"POST /v1/plans/{plan_id}/shifts/{work_date}:record-worked"}
    | {"POST /v1/clock:advance", "POST /v1/parked-events/{parked_id}:skip"}
)
"""The example's shift is of another day."""


@pytest.fixture
async def world(house: House, api: Api) -> World:
    """Two plans."""
    return await department.world(
        house, api, part="plans", key="plan_id", also=lambda shown: {"work_date": "2026-03-02"}
    )


async def test_no_caller_reaches_what_is_not_theirs(matrix: Matrix) -> None:
    await matrix.run(undone=UNDONE)


async def test_a_token_that_is_not_good_opens_nothing(matrix: Matrix) -> None:
    await tokens.require_refused(matrix)


async def test_what_was_taken_back_opens_nothing_ten_seconds_later(matrix: Matrix, house: House) -> None:
    await tokens.require_taken_back(matrix, house.say_anyhow)


async def test_what_only_answers_hold_is_not_taken_from_a_request(matrix: Matrix) -> None:
    await fields.require_refused(matrix)
