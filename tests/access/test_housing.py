"""Who may do what in housing, tried."""

from typing import Any

import pytest

from shared.testing.api import Api
from shared.testing.house import House
from tests.access import department
from tests.access.matrix import Matrix
from tests.access.world import World

SERVICE = "housing"


@pytest.fixture
async def world(house: House, api: Api) -> World:
    """Two cases."""
    return await department.world(house, api, part="cases", key="case_id", also={"number": "1"})


async def test_no_caller_reaches_what_is_not_theirs(matrix: Matrix, record_property: Any) -> None:
    await matrix.run()
    print(matrix.pairs, len(matrix.leaks))
    print(sorted({o.name for o in matrix.operations()} - matrix.done))
    print("\n".join(matrix.leaks[:40]))
    assert not matrix.leaks
